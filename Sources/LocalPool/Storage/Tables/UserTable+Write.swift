import FoundationEssentials

extension UserTable where Access == ReadWrite {
  /// Adds the user; its `id` is set in what comes back.
  ///
  /// - Throws: `SQLiteError` of code `.constraint` when the username is taken.
  package func insert(_ user: UserRecord, in pool: PoolRecord) throws -> UserRecord {
    try connection.run(
      """
      INSERT INTO users (pool, sub, username, username_key, status, enabled, attributes, salt, verifier, password_set,
        password_history, mfa, failures, last_failure, locked_until, signed_out, created, modified)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .text(user.poolID), .text(user.sub), .text(user.username), .text(pool.nameKey(user.username)),
        .text(user.status.rawValue), SQLiteValue(user.isEnabled), try Self.json(user.attributes),
        SQLiteValue(user.password?.salt), SQLiteValue(user.password?.verifier), SQLiteValue(user.passwordSetAt),
        try Self.history(user), try Self.mfa(user), SQLiteValue(user.lockout.failures),
        SQLiteValue(user.lockout.lastFailureAt), SQLiteValue(user.lockout.lockedUntil), SQLiteValue(user.signedOutAt),
        SQLiteValue(user.createdAt), SQLiteValue(user.modifiedAt),
      ])
    var inserted = user
    inserted.id = connection.lastInsertedRow
    try index(inserted)
    return inserted
  }

  /// Saves everything of the user but its names and its lockout counters (see `setLockout`).
  package func update(_ user: UserRecord) throws {
    try connection.run(
      """
      UPDATE users SET status = ?, enabled = ?, attributes = ?, salt = ?, verifier = ?, password_set = ?,
        password_history = ?, mfa = ?, signed_out = ?, modified = ? WHERE id = ?
      """,
      [
        .text(user.status.rawValue), SQLiteValue(user.isEnabled), try Self.json(user.attributes),
        SQLiteValue(user.password?.salt), SQLiteValue(user.password?.verifier), SQLiteValue(user.passwordSetAt),
        try Self.history(user), try Self.mfa(user), SQLiteValue(user.signedOutAt), SQLiteValue(user.modifiedAt),
        .int(user.id),
      ])
    try index(user)
  }

  package func setLockout(_ lockout: Lockout, of user: Int64) throws {
    try connection.run(
      "UPDATE users SET failures = ?, last_failure = ?, locked_until = ? WHERE id = ?",
      [
        SQLiteValue(lockout.failures), SQLiteValue(lockout.lastFailureAt), SQLiteValue(lockout.lockedUntil), .int(user),
      ])
  }

  /// Notes the time step of a software token's code; false when that step, or a newer one, was used before.
  package func useSoftwareTokenStep(_ step: Int64, of user: Int64) throws -> Bool {
    guard var stored = try find(id: user) else { return false }
    if let last = stored.mfa.lastSoftwareTokenStep, step <= last { return false }
    stored.mfa.lastSoftwareTokenStep = step
    try connection.run("UPDATE users SET mfa = ? WHERE id = ?", [try Self.mfa(stored), .int(user)])
    return true
  }

  /// Removes the user and all that is theirs.
  package func delete(_ user: UserRecord) throws {
    try connection.run("DELETE FROM users WHERE id = ?", [.int(user.id)])
  }

  /// Whose alias this is, if anybody's.
  package func owner(ofAlias value: String, kind: String, in pool: PoolRecord) throws -> Int64? {
    try connection.first(
      "SELECT user FROM user_aliases WHERE pool = ? AND kind = ? AND value = ?",
      [.text(pool.id), .text(kind), .text(pool.aliasKey(value))]
    ) { $0.int(0) }
  }

  /// Makes the aliases of a user these, taking them from whoever had them (ask `owner` first).
  package func setAliases(_ aliases: [AttributeRecord], of user: UserRecord, in pool: PoolRecord) throws {
    try connection.run("DELETE FROM user_aliases WHERE user = ?", [.int(user.id)])
    for alias in aliases {
      try connection.run(
        "INSERT OR REPLACE INTO user_aliases (pool, kind, value, user) VALUES (?, ?, ?, ?)",
        [
          .text(pool.id), .text(alias.name), .text(pool.aliasKey(alias.value)), .int(user.id),
        ])
    }
  }

  private func index(_ user: UserRecord) throws {
    try connection.run("DELETE FROM user_search WHERE user = ?", [.int(user.id)])
    for attribute in user.attributes where ListUsersFilter.attributes.contains(attribute.name) {
      try connection.run(
        "INSERT OR REPLACE INTO user_search (user, pool, name, value) VALUES (?, ?, ?, ?)",
        [.int(user.id), .text(user.poolID), .text(attribute.name), .text(attribute.value)])
    }
  }

  private static func json(_ value: some Encodable) throws -> SQLiteValue {
    .blob([UInt8](try JSONEncoder().encode(value)))
  }

  private static func history(_ user: UserRecord) throws -> SQLiteValue {
    user.passwordHistory.isEmpty ? .null : try json(user.passwordHistory)
  }

  private static func mfa(_ user: UserRecord) throws -> SQLiteValue {
    user.mfa == MFASettings() ? .null : try json(user.mfa)
  }
}

import FoundationEssentials

/// Users: looking up.
package struct UserTable<Access> {
  let connection: SQLiteConnection

  /// The user of exactly this username (whatever its case, in a pool that ignores case).
  package func find(username: String, in pool: PoolRecord) throws -> UserRecord? {
    try connection.first(
      """
      SELECT id, pool, sub, username, status, enabled, attributes, salt, verifier, password_set, password_history, mfa,
        failures, last_failure, locked_until, signed_out, created, modified
      FROM users WHERE pool = ? AND username_key = ?
      """, [.text(pool.id), .text(pool.nameKey(username))], Self.record)
  }

  package func find(sub: String, in pool: String) throws -> UserRecord? {
    try connection.first(
      """
      SELECT id, pool, sub, username, status, enabled, attributes, salt, verifier, password_set, password_history, mfa,
        failures, last_failure, locked_until, signed_out, created, modified
      FROM users WHERE pool = ? AND sub = ?
      """, [.text(pool), .text(sub)], Self.record)
  }

  package func find(id: Int64) throws -> UserRecord? {
    try connection.first(
      """
      SELECT id, pool, sub, username, status, enabled, attributes, salt, verifier, password_set, password_history, mfa,
        failures, last_failure, locked_until, signed_out, created, modified
      FROM users WHERE id = ?
      """, [.int(id)], Self.record)
  }

  /// The user who owns a verified alias (or, in a pool of `UsernameAttributes`, an address given as username).
  package func find(alias: String, in pool: PoolRecord) throws -> UserRecord? {
    for kind in pool.aliasKinds {
      let owner = try connection.first(
        "SELECT user FROM user_aliases WHERE pool = ? AND kind = ? AND value = ?",
        [.text(pool.id), .text(kind), .text(pool.aliasKey(alias))]
      ) { $0.int(0) }
      if let owner { return try find(id: owner) }
    }
    return nil
  }

  /// What a person types to sign in: the username, else an alias.
  package func find(login: String, in pool: PoolRecord) throws -> UserRecord? {
    try find(username: login, in: pool) ?? find(alias: login, in: pool)
  }

  package func count(pool: String) throws -> Int {
    try connection.first("SELECT count(*) FROM users WHERE pool = ?", [.text(pool)]) { Int($0.int(0)) } ?? 0
  }

  static func record(_ row: SQLiteRow) throws -> UserRecord {
    let decoder = JSONDecoder()
    var user = UserRecord(
      poolID: row.text(1), sub: row.text(2), username: row.text(3),
      status: AccountStatus(rawValue: row.text(4)) ?? .unknown,
      attributes: try decoder.decode([AttributeRecord].self, from: Data(row.blob(6))), createdAt: row.date(16))
    user.id = row.int(0)
    user.isEnabled = row.bool(5)
    if let salt = row.optionalBlob(7), let verifier = row.optionalBlob(8) {
      user.password = PasswordVerifier(salt: salt, verifier: verifier)
    }
    user.passwordSetAt = row.optionalDate(9)
    if let history = row.optionalBlob(10) {
      user.passwordHistory = try decoder.decode([PasswordVerifier].self, from: Data(history))
    }
    if let mfa = row.optionalBlob(11) { user.mfa = try decoder.decode(MFASettings.self, from: Data(mfa)) }
    user.lockout = Lockout(
      failures: Int(row.int(12)), lastFailureAt: row.optionalDate(13), lockedUntil: row.optionalDate(14))
    user.signedOutAt = row.optionalDate(15)
    user.modifiedAt = row.date(17)
    return user
  }
}

extension PoolRecord {
  /// How a username is compared.
  func nameKey(_ username: String) -> String {
    settings.usernamesAreCaseSensitive ? username : username.lowercased()
  }

  /// How an alias is compared: as usernames are, by the pool's one rule.
  func aliasKey(_ value: String) -> String { nameKey(value) }

  /// The attributes by which a user of this pool can sign in.
  package var aliasKinds: [String] { settings.usernameAttributes ?? settings.aliasAttributes ?? [] }
}

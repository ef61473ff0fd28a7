import FoundationEssentials

/// Passkeys.
package struct PasskeyTable<Access> {
  let connection: SQLiteConnection

  package func find(_ id: [UInt8], of user: Int64) throws -> PasskeyRecord? {
    try connection.first(
      """
      SELECT number, pool, user, id, public_key, sign_count, backup_eligible, backed_up, relying_party, name, attachment,
        transports, created, last_used FROM passkeys WHERE user = ?1 AND id = ?2
      """, [.int(user), .blob(id)], Self.record)
  }

  /// In the order in which they were made.
  package func list(of user: Int64, after number: Int64 = 0, limit: Int = 100) throws -> [PasskeyRecord] {
    try connection.query(
      """
      SELECT number, pool, user, id, public_key, sign_count, backup_eligible, backed_up, relying_party, name, attachment,
        transports, created, last_used FROM passkeys WHERE user = ? AND number > ? ORDER BY number LIMIT ?
      """, [.int(user), .int(number), SQLiteValue(limit)], Self.record)
  }

  package func count(of user: Int64) throws -> Int {
    try connection.first("SELECT count(*) FROM passkeys WHERE user = ?", [.int(user)]) { Int($0.int(0)) } ?? 0
  }

  private static func record(_ row: SQLiteRow) -> PasskeyRecord {
    var record = PasskeyRecord(
      poolID: row.text(1), userID: row.int(2),
      credential: PasskeyCredential(
        id: row.blob(3), publicKey: row.blob(4), signCount: UInt32(clamping: row.int(5)),
        isBackupEligible: row.bool(6), isBackedUp: row.bool(7)),
      relyingPartyID: row.text(8), name: row.text(9), attachment: row.optionalText(10),
      transports: row.text(11).split(separator: " ").map(String.init), createdAt: row.date(12))
    record.number = row.int(0)
    record.lastUsedAt = row.optionalDate(13)
    return record
  }
}

extension PasskeyTable where Access == ReadWrite {
  /// Adds a passkey.
  /// - Returns: false if the pool has a credential of this id already, whoever's.
  package func insert(_ passkey: PasskeyRecord) throws -> Bool {
    try connection.run(
      """
      INSERT OR IGNORE INTO passkeys (pool, user, id, public_key, sign_count, backup_eligible, backed_up, relying_party,
        name, attachment, transports, created) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .text(passkey.poolID), .int(passkey.userID), .blob(passkey.credential.id),
        .blob(passkey.credential.publicKey), SQLiteValue(Int(passkey.credential.signCount)),
        SQLiteValue(passkey.credential.isBackupEligible), SQLiteValue(passkey.credential.isBackedUp),
        .text(passkey.relyingPartyID), .text(passkey.name), SQLiteValue(passkey.attachment),
        .text(passkey.transports.joined(separator: " ")), SQLiteValue(passkey.createdAt),
      ])
    return connection.changes == 1
  }

  /// Saves what a sign-in has changed.
  /// - Returns: false if the passkey is gone, or another sign-in has shown this count, or a later one, in the meantime.
  package func use(_ credential: PasskeyCredential, of user: Int64, at now: Date) throws -> Bool {
    try connection.run(
      """
      UPDATE passkeys SET sign_count = ?1, backed_up = ?2, last_used = ?3
      WHERE user = ?4 AND id = ?5 AND (sign_count < ?1 OR (sign_count = 0 AND ?1 = 0))
      """,
      [
        SQLiteValue(Int(credential.signCount)), SQLiteValue(credential.isBackedUp), SQLiteValue(now), .int(user),
        .blob(credential.id),
      ])
    return connection.changes == 1
  }

  /// - Returns: whether the user had it.
  package func delete(_ id: [UInt8], of user: Int64) throws -> Bool {
    try connection.run("DELETE FROM passkeys WHERE user = ? AND id = ?", [.int(user), .blob(id)])
    return connection.changes == 1
  }
}

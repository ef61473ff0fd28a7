import FoundationEssentials

/// The pools' RSA keys.
package struct SigningKeyTable<Access> {
  let connection: SQLiteConnection

  /// All keys of a pool, those in use first, then the newest.
  package func list(pool: String) throws -> [SigningKeyRecord] {
    try connection.query(
      """
      SELECT use, kid, pool, private_key, created, retired FROM signing_keys WHERE pool = ?
      ORDER BY retired IS NOT NULL, created DESC
      """, [.text(pool)]
    ) { row in
      SigningKeyRecord(
        use: row.text(0), kid: row.text(1), poolID: row.text(2), privateKey: row.blob(3), createdAt: row.date(4),
        retiredAt: row.optionalDate(5))
    }
  }
}

extension SigningKeyTable where Access == ReadWrite {
  package func insert(_ key: SigningKeyRecord) throws {
    try connection.run(
      "INSERT INTO signing_keys (kid, pool, use, private_key, created, retired) VALUES (?, ?, ?, ?, ?, ?)",
      [
        .text(key.kid), .text(key.poolID), .text(key.use), .blob(key.privateKey), SQLiteValue(key.createdAt),
        SQLiteValue(key.retiredAt),
      ])
  }

  package func retire(kid: String, at now: Date) throws {
    try connection.run("UPDATE signing_keys SET retired = ? WHERE kid = ?", [SQLiteValue(now), .text(kid)])
  }

  package func delete(kid: String) throws {
    try connection.run("DELETE FROM signing_keys WHERE kid = ?", [.text(kid)])
  }
}

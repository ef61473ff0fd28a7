import FoundationEssentials

/// Revoked sessions, and ids that may be used once.
package struct SessionTable<Access> {
  let connection: SQLiteConnection

  package func isRevoked(originJti: String) throws -> Bool {
    try connection.first("SELECT 1 FROM revoked_sessions WHERE origin_jti = ?", [.text(originJti)]) { _ in true }
      ?? false
  }

  package func isUsed(_ id: [UInt8]) throws -> Bool {
    try connection.first("SELECT 1 FROM used_ids WHERE id = ?", [.blob(id)]) { _ in true } ?? false
  }
}

extension SessionTable where Access == ReadWrite {
  /// - Parameter expiresAt: when the session's last access token has expired: nothing need be remembered after that.
  package func revoke(originJti: String, expiresAt: Date) throws {
    try connection.run(
      """
      INSERT INTO revoked_sessions (origin_jti, expires) VALUES (?, ?)
      ON CONFLICT (origin_jti) DO UPDATE SET expires = max(expires, excluded.expires)
      """, [.text(originJti), SQLiteValue(expiresAt)])
  }

  /// Uses an id up: true for the first caller, false for every later one.
  /// - Parameter expiresAt: from when on the id is refused for its age anyway.
  package func use(_ id: [UInt8], expiresAt: Date) throws -> Bool {
    try connection.run(
      "INSERT OR IGNORE INTO used_ids (id, expires) VALUES (?, ?)", [.blob(id), SQLiteValue(expiresAt)])
    return connection.changes == 1
  }

  /// Drops what has expired: used ids, revoked sessions, refresh tokens, users' sessions, codes.
  package func removeExpired(at now: Date) throws {
    let present = [SQLiteValue(now)]
    try connection.run("DELETE FROM used_ids WHERE expires < ?", present)
    try connection.run("DELETE FROM revoked_sessions WHERE expires < ?", present)
    try connection.run("DELETE FROM refresh_tokens WHERE expires < ?", present)
    try connection.run("DELETE FROM user_sessions WHERE expires < ?", present)
    try connection.run("DELETE FROM codes WHERE expires < ?", present)
  }
}

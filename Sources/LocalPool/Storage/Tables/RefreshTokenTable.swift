import FoundationEssentials

/// Refresh tokens.
package struct RefreshTokenTable<Access> {
  let connection: SQLiteConnection

  package func find(hash: [UInt8]) throws -> RefreshTokenRecord? {
    try connection.first(
      """
      SELECT hash, pool, client, user, origin_jti, device_key, scope, auth_time, created, expires, rotated, grace_until,
        acr, amr FROM refresh_tokens WHERE hash = ?
      """, [.blob(hash)]
    ) { row in
      var token = RefreshTokenRecord(
        hash: row.blob(0), poolID: row.text(1), clientID: row.text(2), userID: row.int(3), originJti: row.text(4),
        deviceKey: row.optionalText(5), scope: row.text(6), authTime: row.date(7), createdAt: row.date(8),
        expiresAt: row.date(9), rotatedAt: row.optionalDate(10), graceUntil: row.optionalDate(11))
      token.strength = AuthenticationStrength(
        acr: row.optionalText(12), amr: row.text(13).split(separator: " ").map(String.init))
      return token
    }
  }
}

extension RefreshTokenTable where Access == ReadWrite {
  package func insert(_ token: RefreshTokenRecord) throws {
    try connection.run(
      """
      INSERT INTO refresh_tokens (hash, pool, client, user, origin_jti, device_key, scope, auth_time, created, expires,
        rotated, grace_until, acr, amr) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .blob(token.hash), .text(token.poolID), .text(token.clientID), .int(token.userID), .text(token.originJti),
        SQLiteValue(token.deviceKey), .text(token.scope), SQLiteValue(token.authTime), SQLiteValue(token.createdAt),
        SQLiteValue(token.expiresAt), SQLiteValue(token.rotatedAt), SQLiteValue(token.graceUntil),
        SQLiteValue(token.strength.acr), .text(token.strength.amr.joined(separator: " ")),
      ])
  }

  /// Marks a token as replaced; false when it had been before (the first replacement's grace period stays).
  package func rotate(hash: [UInt8], at now: Date, graceUntil: Date) throws -> Bool {
    try connection.run(
      "UPDATE refresh_tokens SET rotated = ?, grace_until = ? WHERE hash = ? AND rotated IS NULL",
      [SQLiteValue(now), SQLiteValue(graceUntil), .blob(hash)])
    return connection.changes == 1
  }

  /// Removes every refresh token that came from one sign-in.
  package func delete(originJti: String) throws {
    try connection.run("DELETE FROM refresh_tokens WHERE origin_jti = ?", [.text(originJti)])
  }

  /// Removes every refresh token that was given to one device of a user (ForgetDevice).
  package func delete(deviceKey: String, of user: Int64) throws {
    try connection.run(
      "DELETE FROM refresh_tokens WHERE user = ? AND device_key = ?", [.int(user), .text(deviceKey)])
  }

  /// Removes every refresh token of a user.
  /// - Returns: the sessions they belonged to.
  package func deleteAll(of user: Int64) throws -> [String] {
    let origins = try connection.query(
      "SELECT DISTINCT origin_jti FROM refresh_tokens WHERE user = ?", [.int(user)]
    ) { $0.text(0) }
    try connection.run("DELETE FROM refresh_tokens WHERE user = ?", [.int(user)])
    return origins
  }
}

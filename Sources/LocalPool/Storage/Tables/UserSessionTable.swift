import FoundationEssentials

/// Where users are signed in, in pools that track that.
package struct UserSessionTable<Access> {
  let connection: SQLiteConnection

  package func find(_ id: String, of user: Int64, at now: Date) throws -> UserSessionRecord? {
    try connection.first(
      """
      SELECT number, id, user, client, origin_jti, parent, device, address, created, last_active, expires
      FROM user_sessions WHERE id = ? AND user = ? AND expires > ?
      """, [.text(id), .int(user), SQLiteValue(now)], Self.record)
  }

  /// The sessions that haven't expired, in the order in which they began.
  package func list(of user: Int64, after number: Int64 = 0, limit: Int, at now: Date) throws -> [UserSessionRecord] {
    try connection.query(
      """
      SELECT number, id, user, client, origin_jti, parent, device, address, created, last_active, expires
      FROM user_sessions WHERE user = ? AND number > ? AND expires > ? ORDER BY number LIMIT ?
      """, [.int(user), .int(number), SQLiteValue(now), SQLiteValue(limit)], Self.record)
  }

  /// The sessions of one kind that haven't expired, the one first that was used the longest ago.
  package func leastRecentlyUsed(inApps: Bool, of user: Int64, at now: Date) throws -> [UserSessionRecord] {
    try connection.query(
      """
      SELECT number, id, user, client, origin_jti, parent, device, address, created, last_active, expires
      FROM user_sessions WHERE user = ? AND expires > ? AND (origin_jti IS NOT NULL) = ? ORDER BY last_active, number
      """, [.int(user), SQLiteValue(now), SQLiteValue(inApps)], Self.record)
  }

  /// The apps' sessions that came through a browser's.
  package func children(of id: String) throws -> [UserSessionRecord] {
    try connection.query(
      """
      SELECT number, id, user, client, origin_jti, parent, device, address, created, last_active, expires
      FROM user_sessions WHERE parent = ?
      """, [.text(id)], Self.record)
  }

  private static func record(_ row: SQLiteRow) -> UserSessionRecord {
    var session = UserSessionRecord(
      id: row.text(1), userID: row.int(2), clientID: row.text(3), originJti: row.optionalText(4),
      parent: row.optionalText(5), device: row.text(6), address: row.text(7), createdAt: row.date(8),
      lastActiveAt: row.date(9), expiresAt: row.date(10))
    session.number = row.int(0)
    return session
  }
}

extension UserSessionTable where Access == ReadWrite {
  package func insert(_ session: UserSessionRecord) throws {
    try connection.run(
      """
      INSERT INTO user_sessions (id, user, client, origin_jti, parent, device, address, created, last_active, expires)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .text(session.id), .int(session.userID), .text(session.clientID), SQLiteValue(session.originJti),
        SQLiteValue(session.parent), .text(session.device), .text(session.address), SQLiteValue(session.createdAt),
        SQLiteValue(session.lastActiveAt), SQLiteValue(session.expiresAt),
      ])
  }

  /// Notes activity in an app's session, and in the browser's that it came through.
  package func touch(originJti: String, device: String, address: String, at now: Date) throws {
    try connection.run(
      """
      UPDATE user_sessions SET last_active = ?1, device = ?2, address = ?3
      WHERE origin_jti = ?4 OR id = (SELECT parent FROM user_sessions WHERE origin_jti = ?4)
      """, [SQLiteValue(now), .text(device), .text(address), .text(originJti)])
  }

  package func delete(_ id: String) throws {
    try connection.run("DELETE FROM user_sessions WHERE id = ?", [.text(id)])
  }

  /// Ends the browser's session that an app's came through.
  package func deleteParent(ofOrigin originJti: String) throws {
    try connection.run(
      "DELETE FROM user_sessions WHERE id = (SELECT parent FROM user_sessions WHERE origin_jti = ?)",
      [.text(originJti)])
  }

  package func deleteAll(of user: Int64) throws {
    try connection.run("DELETE FROM user_sessions WHERE user = ?", [.int(user)])
  }

  /// Forgets every session of a pool's users; their tokens go on.
  package func deleteAll(ofPool pool: String) throws {
    try connection.run(
      "DELETE FROM user_sessions WHERE user IN (SELECT id FROM users WHERE pool = ?)", [.text(pool)])
  }
}

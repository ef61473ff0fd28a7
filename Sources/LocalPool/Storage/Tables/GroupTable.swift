import FoundationEssentials

/// Groups and who is in them.
package struct GroupTable<Access> {
  let connection: SQLiteConnection

  package func find(_ name: String, in pool: String) throws -> GroupRecord? {
    try connection.first(
      "SELECT pool, name, description, role, precedence, created, modified FROM groups WHERE pool = ? AND name = ?",
      [.text(pool), .text(name)], Self.record)
  }

  package func list(pool: String, after: String = "", limit: Int) throws -> [GroupRecord] {
    try connection.query(
      """
      SELECT pool, name, description, role, precedence, created, modified FROM groups
      WHERE pool = ? AND name > ? ORDER BY name LIMIT ?
      """, [.text(pool), .text(after), SQLiteValue(limit)], Self.record)
  }

  /// Every group of a user, the most important first (lowest precedence, then name; none at the end).
  package func groups(of user: Int64) throws -> [GroupRecord] {
    try connection.query(
      """
      SELECT g.pool, g.name, g.description, g.role, g.precedence, g.created, g.modified
      FROM memberships m JOIN groups g ON g.id = m."group" WHERE m.user = ?
      ORDER BY g.precedence IS NULL, g.precedence, g.name
      """, [.int(user)], Self.record)
  }

  /// The rows of a group's users, those after `after`.
  package func members(of name: String, in pool: String, after: Int64 = 0, limit: Int) throws -> [Int64] {
    try connection.query(
      """
      SELECT m.user FROM groups g JOIN memberships m ON m."group" = g.id
      WHERE g.pool = ? AND g.name = ? AND m.user > ? ORDER BY m.user LIMIT ?
      """, [.text(pool), .text(name), .int(after), SQLiteValue(limit)]
    ) { $0.int(0) }
  }

  package func contains(user: Int64, group: String, in pool: String) throws -> Bool {
    try connection.first(
      """
      SELECT 1 FROM groups g JOIN memberships m ON m."group" = g.id WHERE g.pool = ? AND g.name = ? AND m.user = ?
      """, [.text(pool), .text(group), .int(user)]
    ) { _ in true } ?? false
  }

  private static func record(_ row: SQLiteRow) -> GroupRecord {
    GroupRecord(
      poolID: row.text(0), name: row.text(1), description: row.optionalText(2), roleArn: row.optionalText(3),
      precedence: row.optionalInt(4).map { Int($0) }, createdAt: row.date(5), modifiedAt: row.date(6))
  }
}

extension GroupTable where Access == ReadWrite {
  /// - Throws: `SQLiteError` of code `.constraint` when the name is taken.
  package func insert(_ group: GroupRecord) throws {
    try connection.run(
      """
      INSERT INTO groups (pool, name, description, role, precedence, created, modified) VALUES (?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .text(group.poolID), .text(group.name), SQLiteValue(group.description), SQLiteValue(group.roleArn),
        SQLiteValue(group.precedence.map { Int64($0) }), SQLiteValue(group.createdAt), SQLiteValue(group.modifiedAt),
      ])
  }

  package func update(_ group: GroupRecord) throws {
    try connection.run(
      "UPDATE groups SET description = ?, role = ?, precedence = ?, modified = ? WHERE pool = ? AND name = ?",
      [
        SQLiteValue(group.description), SQLiteValue(group.roleArn), SQLiteValue(group.precedence.map { Int64($0) }),
        SQLiteValue(group.modifiedAt), .text(group.poolID), .text(group.name),
      ])
  }

  package func delete(_ name: String, in pool: String) throws {
    try connection.run("DELETE FROM groups WHERE pool = ? AND name = ?", [.text(pool), .text(name)])
  }

  /// Adding a member twice changes nothing.
  package func add(user: Int64, to group: String, in pool: String) throws {
    try connection.run(
      """
      INSERT OR IGNORE INTO memberships ("group", user) SELECT id, ? FROM groups WHERE pool = ? AND name = ?
      """, [.int(user), .text(pool), .text(group)])
  }

  package func remove(user: Int64, from group: String, in pool: String) throws {
    try connection.run(
      """
      DELETE FROM memberships WHERE user = ? AND "group" = (SELECT id FROM groups WHERE pool = ? AND name = ?)
      """, [.int(user), .text(pool), .text(group)])
  }
}

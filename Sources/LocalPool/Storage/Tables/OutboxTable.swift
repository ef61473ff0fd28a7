/// Messages that were not sent.
package struct OutboxTable<Access> {
  let connection: SQLiteConnection

  /// Messages in the order in which they were written, those after `after`; of one pool, or of all when it is nil.
  package func list(pool: String? = nil, after: Int64 = 0, limit: Int) throws -> [OutboxMessage] {
    try connection.query(
      """
      SELECT id, pool, username, medium, destination, kind, subject, body, code, created FROM outbox
      WHERE id > ?1 AND (?2 IS NULL OR pool = ?2) ORDER BY id LIMIT ?3
      """, [.int(after), SQLiteValue(pool), SQLiteValue(limit)], Self.message)
  }

  /// The newest messages of a pool, newest first.
  package func latest(pool: String, limit: Int) throws -> [OutboxMessage] {
    try connection.query(
      """
      SELECT id, pool, username, medium, destination, kind, subject, body, code, created FROM outbox
      WHERE pool = ? ORDER BY id DESC LIMIT ?
      """, [.text(pool), SQLiteValue(limit)], Self.message)
  }

  /// A message by its number, as long as it is kept.
  package func find(_ id: Int64) throws -> OutboxMessage? {
    try connection.first(
      """
      SELECT id, pool, username, medium, destination, kind, subject, body, code, created FROM outbox WHERE id = ?
      """, [.int(id)], Self.message)
  }

  private static func message(_ row: SQLiteRow) -> OutboxMessage {
    var message = OutboxMessage(
      poolID: row.text(1), username: row.text(2), medium: OutboxMessage.Medium(rawValue: row.text(3)) ?? .email,
      destination: row.text(4), kind: row.text(5), subject: row.text(6), body: row.text(7), code: row.optionalText(8),
      createdAt: row.date(9))
    message.id = row.int(0)
    return message
  }
}

extension OutboxTable where Access == ReadWrite {
  /// Keeps the newest ten thousand.
  /// - Returns: the message's number.
  @discardableResult
  package func insert(_ message: OutboxMessage) throws -> Int64 {
    try connection.run(
      """
      INSERT INTO outbox (pool, username, medium, destination, kind, subject, body, code, created)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .text(message.poolID), .text(message.username), .text(message.medium.rawValue), .text(message.destination),
        .text(message.kind), .text(message.subject), .text(message.body), SQLiteValue(message.code),
        SQLiteValue(message.createdAt),
      ])
    let id = connection.lastInsertedRow
    try connection.run("DELETE FROM outbox WHERE id <= ?", [.int(id - 10_000)])
    return id
  }
}

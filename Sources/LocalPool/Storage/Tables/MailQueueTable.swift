/// Which messages of the outbox the mail server has yet to take.
package struct MailQueueTable<Access> {
  /// A message that waits.
  package struct Entry: Sendable, Equatable {
    package let message: Int64
    /// How often it was tried.
    package let attempts: Int
    /// Seconds since 1970, by the system's clock.
    package let due: Int64
  }

  let connection: SQLiteConnection

  /// What is due first, in the order of time.
  package func next(limit: Int) throws -> [Entry] {
    try connection.query(
      "SELECT message, attempts, due FROM mail_queue ORDER BY due, message LIMIT ?", [SQLiteValue(limit)]
    ) { Entry(message: $0.int(0), attempts: Int($0.int(1)), due: $0.int(2)) }
  }
}

extension MailQueueTable where Access == ReadWrite {
  package func save(_ entry: Entry) throws {
    try connection.run(
      "INSERT OR REPLACE INTO mail_queue (message, attempts, due) VALUES (?, ?, ?)",
      [.int(entry.message), SQLiteValue(entry.attempts), .int(entry.due)])
  }

  package func remove(_ message: Int64) throws {
    try connection.run("DELETE FROM mail_queue WHERE message = ?", [.int(message)])
  }
}

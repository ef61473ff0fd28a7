import FoundationEssentials

/// Codes on their way to users, and how often somebody tried.
package struct CodeTable<Access> {
  let connection: SQLiteConnection

  package func find(user: Int64, purpose: CodePurpose, subject: String = "") throws -> CodeRecord? {
    try connection.first(
      "SELECT code, destination, created, expires, failures FROM codes WHERE user = ? AND purpose = ? AND subject = ?",
      [.int(user), .text(purpose.rawValue), .text(subject)]
    ) { row in
      CodeRecord(
        userID: user, purpose: purpose, subject: subject, code: row.text(0),
        destination: row.text(1), createdAt: row.date(2), expiresAt: row.date(3), failures: Int(row.int(4)))
    }
  }
}

extension CodeTable where Access == ReadWrite {
  /// Saves the code in place of an older one of the same user, purpose and subject.
  package func save(_ code: CodeRecord) throws {
    try connection.run(
      """
      INSERT OR REPLACE INTO codes (user, purpose, subject, code, destination, created, expires, failures)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .int(code.userID), .text(code.purpose.rawValue), .text(code.subject), .text(code.code),
        .text(code.destination), SQLiteValue(code.createdAt), SQLiteValue(code.expiresAt), SQLiteValue(code.failures),
      ])
  }

  package func delete(user: Int64, purpose: CodePurpose, subject: String = "") throws {
    try connection.run(
      "DELETE FROM codes WHERE user = ? AND purpose = ? AND subject = ?",
      [.int(user), .text(purpose.rawValue), .text(subject)])
  }

  /// Counts an attempt; the count begins anew an hour after it began.
  /// - Returns: how many there were in this hour, this one included.
  package func countAttempt(user: Int64, kind: String, at now: Date) throws -> Int {
    let hourAgo = now.addingTimeInterval(-3600)
    try connection.run(
      """
      INSERT INTO attempts (user, kind, since, count) VALUES (?1, ?2, ?3, 1)
      ON CONFLICT (user, kind) DO UPDATE SET
        count = CASE WHEN since <= ?4 THEN 1 ELSE count + 1 END,
        since = CASE WHEN since <= ?4 THEN ?3 ELSE since END
      """, [.int(user), .text(kind), SQLiteValue(now), SQLiteValue(hourAgo)])
    return try connection.first(
      "SELECT count FROM attempts WHERE user = ? AND kind = ?", [.int(user), .text(kind)]
    ) { Int($0.int(0)) } ?? 0
  }
}

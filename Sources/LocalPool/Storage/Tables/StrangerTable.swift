import FoundationEssentials

/// What is counted of users who don't exist, by the id that was invented for them; never by the name that was typed.
package struct StrangerTable<Access> {
  let connection: SQLiteConnection

  /// How often somebody tried, and since when; nil for never.
  package func find(_ id: String, kind: String) throws -> (count: Int, since: Date)? {
    try connection.first(
      "SELECT count, since FROM strangers WHERE id = ? AND kind = ?", [.text(id), .text(kind)]
    ) { (count: Int($0.int(0)), since: $0.date(1)) }
  }
}

extension StrangerTable where Access == ReadWrite {
  package func save(_ id: String, kind: String, count: Int, since: Date) throws {
    try connection.run(
      "INSERT OR REPLACE INTO strangers (id, kind, count, since) VALUES (?, ?, ?, ?)",
      [.text(id), .text(kind), SQLiteValue(count), SQLiteValue(since)])
  }

  package func delete(_ id: String, kind: String) throws {
    try connection.run("DELETE FROM strangers WHERE id = ? AND kind = ?", [.text(id), .text(kind)])
  }

  /// Drops what is older, and what is beyond the newest `most`: names can be made up without end.
  package func removeExpired(before moment: Date, most: Int = 100_000) throws {
    try connection.run("DELETE FROM strangers WHERE since < ?", [SQLiteValue(moment)])
    try connection.run(
      "DELETE FROM strangers WHERE since < (SELECT since FROM strangers ORDER BY since DESC LIMIT 1 OFFSET ?)",
      [SQLiteValue(most)])
  }
}

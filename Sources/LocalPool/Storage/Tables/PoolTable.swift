/// User pools.
package struct PoolTable<Access> {
  let connection: SQLiteConnection

  package func find(_ id: String) throws -> PoolRecord? {
    try connection.first("SELECT id, document, created, modified FROM pools WHERE id = ?", [.text(id)], record)
  }

  /// Pools in the order of their ids, those after `after`.
  package func list(after: String = "", limit: Int) throws -> [PoolRecord] {
    try connection.query(
      "SELECT id, document, created, modified FROM pools WHERE id > ? ORDER BY id LIMIT ?",
      [.text(after), SQLiteValue(limit)], record)
  }

  private func record(_ row: SQLiteRow) throws -> PoolRecord {
    let id = row.text(0)
    return PoolRecord(
      id: id, document: try connection.documents.document(of: id, json: row.blob(1)), createdAt: row.date(2),
      modifiedAt: row.date(3))
  }
}

extension PoolTable where Access == ReadWrite {
  package func insert(_ pool: PoolRecord) throws {
    try connection.run(
      "INSERT INTO pools (id, document, created, modified) VALUES (?, ?, ?, ?)",
      [
        .text(pool.id), .blob(pool.document.json), SQLiteValue(pool.createdAt), SQLiteValue(pool.modifiedAt),
      ])
  }

  package func update(_ pool: PoolRecord) throws {
    try connection.run(
      "UPDATE pools SET document = ?, modified = ? WHERE id = ?",
      [.blob(pool.document.json), SQLiteValue(pool.modifiedAt), .text(pool.id)])
  }

  /// Removes the pool and all that is in it.
  package func delete(_ id: String) throws {
    try connection.run("DELETE FROM outbox WHERE pool = ?", [.text(id)])
    try connection.run("DELETE FROM pools WHERE id = ?", [.text(id)])
  }
}

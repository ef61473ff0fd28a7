/// Identity providers, resource servers, domains, identities.
package struct ResourceTable<Access> {
  let connection: SQLiteConnection

  package func find(_ kind: ResourceRecord.Kind, _ name: String, in pool: String) throws -> ResourceRecord? {
    try connection.first(
      "SELECT name, document, created, modified FROM resources WHERE pool = ? AND kind = ? AND name = ?",
      [.text(pool), .text(kind.rawValue), .text(name)]
    ) { Self.record($0, kind: kind, pool: pool) }
  }

  package func list(_ kind: ResourceRecord.Kind, pool: String, after: String = "", limit: Int) throws
    -> [ResourceRecord]
  {
    try connection.query(
      """
      SELECT name, document, created, modified FROM resources WHERE pool = ? AND kind = ? AND name > ?
      ORDER BY name LIMIT ?
      """, [.text(pool), .text(kind.rawValue), .text(after), SQLiteValue(limit)]
    ) { Self.record($0, kind: kind, pool: pool) }
  }

  /// The pool that has this domain, if any.
  package func owner(ofDomain domain: String) throws -> String? {
    try connection.first(
      "SELECT pool FROM resources WHERE kind = ? AND name = ?",
      [.text(ResourceRecord.Kind.domain.rawValue), .text(domain)]
    ) { $0.text(0) }
  }

  private static func record(_ row: SQLiteRow, kind: ResourceRecord.Kind, pool: String) -> ResourceRecord {
    ResourceRecord(
      poolID: pool, kind: kind, name: row.text(0), json: row.blob(1), createdAt: row.date(2), modifiedAt: row.date(3))
  }
}

extension ResourceTable where Access == ReadWrite {
  /// Adds the resource, or saves it anew.
  package func save(_ resource: ResourceRecord) throws {
    try connection.run(
      "INSERT OR REPLACE INTO resources (pool, kind, name, document, created, modified) VALUES (?, ?, ?, ?, ?, ?)",
      [
        .text(resource.poolID), .text(resource.kind.rawValue), .text(resource.name), .blob(resource.json),
        SQLiteValue(resource.createdAt), SQLiteValue(resource.modifiedAt),
      ])
  }

  package func delete(_ kind: ResourceRecord.Kind, _ name: String, in pool: String) throws {
    try connection.run(
      "DELETE FROM resources WHERE pool = ? AND kind = ? AND name = ?",
      [.text(pool), .text(kind.rawValue), .text(name)])
  }
}

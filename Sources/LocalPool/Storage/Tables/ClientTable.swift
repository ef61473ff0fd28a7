/// App clients and their secrets.
package struct ClientTable<Access> {
  let connection: SQLiteConnection

  package func find(_ id: String) throws -> ClientRecord? {
    let secrets = try secrets(of: id)
    return try connection.first(
      "SELECT id, pool, document, created, modified FROM clients WHERE id = ?", [.text(id)]
    ) { try record($0, secrets: secrets) }
  }

  /// A client of this pool; nil as well when it belongs to another.
  package func find(_ id: String, in pool: String) throws -> ClientRecord? {
    try find(id).flatMap { $0.poolID == pool ? $0 : nil }
  }

  package func list(pool: String, after: String = "", limit: Int) throws -> [ClientRecord] {
    let ids = try connection.query(
      "SELECT id FROM clients WHERE pool = ? AND id > ? ORDER BY id LIMIT ?",
      [.text(pool), .text(after), SQLiteValue(limit)]
    ) { $0.text(0) }
    return try ids.compactMap { try find($0) }
  }

  private func secrets(of client: String) throws -> [ClientSecret] {
    try connection.query(
      "SELECT id, value, created FROM client_secrets WHERE client = ? ORDER BY created, id", [.text(client)]
    ) { ClientSecret(id: $0.text(0), value: $0.text(1), createdAt: $0.date(2)) }
  }

  private func record(_ row: SQLiteRow, secrets: [ClientSecret]) throws -> ClientRecord {
    let id = row.text(0)
    return ClientRecord(
      id: id, poolID: row.text(1), document: try connection.documents.document(of: id, json: row.blob(2)),
      secrets: secrets, createdAt: row.date(3), modifiedAt: row.date(4))
  }
}

extension ClientTable where Access == ReadWrite {
  package func insert(_ client: ClientRecord) throws {
    try connection.run(
      "INSERT INTO clients (id, pool, document, created, modified) VALUES (?, ?, ?, ?, ?)",
      [
        .text(client.id), .text(client.poolID), .blob(client.document.json), SQLiteValue(client.createdAt),
        SQLiteValue(client.modifiedAt),
      ])
    for secret in client.secrets { try insert(secret, of: client.id) }
  }

  /// Saves the settings; secrets have calls of their own.
  package func update(_ client: ClientRecord) throws {
    try connection.run(
      "UPDATE clients SET document = ?, modified = ? WHERE id = ?",
      [.blob(client.document.json), SQLiteValue(client.modifiedAt), .text(client.id)])
  }

  package func insert(_ secret: ClientSecret, of client: String) throws {
    try connection.run(
      "INSERT INTO client_secrets (client, id, value, created) VALUES (?, ?, ?, ?)",
      [.text(client), .text(secret.id), .text(secret.value), SQLiteValue(secret.createdAt)])
  }

  package func deleteSecret(_ id: String, of client: String) throws {
    try connection.run("DELETE FROM client_secrets WHERE client = ? AND id = ?", [.text(client), .text(id)])
  }

  /// Removes the client and every refresh token that it got.
  package func delete(_ id: String) throws {
    try connection.run("DELETE FROM clients WHERE id = ?", [.text(id)])
    try connection.run("DELETE FROM refresh_tokens WHERE client = ?", [.text(id)])
  }
}

/// The server's own secrets, made once at random: the key that signs challenge sessions, the seed of fake salts, …
package struct SecretTable<Access> {
  let connection: SQLiteConnection

  package func find(_ name: String) throws -> [UInt8]? {
    try connection.first("SELECT value FROM secrets WHERE name = ?", [.text(name)]) { $0.blob(0) }
  }
}

extension SecretTable where Access == ReadWrite {
  /// The secret of this name; when there is none, what `make` gives is kept as it.
  package func findOrInsert(_ name: String, make: () -> [UInt8]) throws -> [UInt8] {
    if let value = try find(name) { return value }
    let value = make()
    try connection.run("INSERT INTO secrets (name, value) VALUES (?, ?)", [.text(name), .blob(value)])
    return value
  }
}

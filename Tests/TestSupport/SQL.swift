import CSQLite

/// SQLite refused.
package struct SQLFailure: Error {}

/// Lays a hand on a database file from outside.
package func sql(_ path: String, _ statement: String) throws {
  var handle: OpaquePointer?
  defer { sqlite3_close_v2(handle) }
  guard sqlite3_open(path, &handle) == SQLITE_OK, sqlite3_exec(handle, statement, nil, nil, nil) == SQLITE_OK else {
    throw SQLFailure()
  }
}

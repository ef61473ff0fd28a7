import CSQLite

/// What SQLite refused, without the values that were bound (they may be secret).
package struct SQLiteError: Error, Equatable, CustomStringConvertible {
  /// What the caller can do about it.
  package enum Code: Sendable {
    /// A unique or foreign key says no: the caller's write collides with what is stored.
    case constraint
    /// Another process holds the write lock for longer than the busy timeout.
    case busy
    /// The disk is full or can't be written.
    case disk
    /// The file isn't a database of ours, or is damaged.
    case damaged
    /// A defect in a statement of ours.
    case misuse
  }

  package let code: Code
  package let message: String
  package var description: String { "storage: \(message)" }

  init(code: Code, message: String) {
    self.code = code
    self.message = message
  }

  /// - Parameters:
  ///   - status: the (extended) result code that SQLite returned.
  ///   - connection: where the text of the error is asked for.
  init(status: Int32, connection: OpaquePointer?) {
    let text = connection.flatMap { sqlite3_errmsg($0) } ?? sqlite3_errstr(status)
    message = text.map { String(cString: $0) } ?? "SQLite error \(status)"
    switch status & 0xFF {
    case SQLITE_CONSTRAINT: code = .constraint
    case SQLITE_BUSY, SQLITE_LOCKED: code = .busy
    case SQLITE_FULL, SQLITE_IOERR, SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM: code = .disk
    case SQLITE_CORRUPT, SQLITE_NOTADB: code = .damaged
    default: code = .misuse
    }
  }
}

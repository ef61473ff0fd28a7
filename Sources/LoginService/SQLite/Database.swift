import CSQLite
import Glibc

/// One SQLite file. Not Sendable: it belongs to the actor that opened it.
final class Database {
  private let handle: OpaquePointer
  private var statements: [String: Statement] = [:]

  /// Opens or makes the file, 0600 and never through a symbolic link. Every commit waits for the disk: an id given away
  /// or a failure counted must not be forgotten with the power.
  init(path: String) throws(DatabaseError) {
    // Made by us first: sqlite3_open would take the mode from the umask.
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else {
      throw DatabaseError(code: SQLITE_CANTOPEN, "\(path): \(String(cString: strerror(errno)))")
    }
    let restricted = fchmod(descriptor, 0o600) == 0
    close(descriptor)
    guard restricted else { throw DatabaseError(code: SQLITE_PERM, "\(path) belongs to somebody else") }
    var opened: OpaquePointer?
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
    let result = sqlite3_open_v2(path, &opened, flags, nil)
    guard result == SQLITE_OK, let opened else {
      sqlite3_close_v2(opened)
      throw DatabaseError(code: result, "\(path): \(String(cString: sqlite3_errstr(result)))")
    }
    handle = opened
    sqlite3_busy_timeout(handle, 2000)
    for setting in ["journal_mode = TRUNCATE", "synchronous = FULL", "foreign_keys = ON", "trusted_schema = OFF"] {
      try execute("PRAGMA \(setting)")
    }
  }

  deinit {
    statements.removeAll()
    sqlite3_close_v2(handle)
  }

  /// Runs SQL of our own that takes no values; several statements may stand in it.
  func execute(_ sql: String) throws(DatabaseError) {
    guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw failure() }
  }

  /// Runs one statement and returns its rows. Values are bound, never pasted in.
  @discardableResult
  func query(_ sql: StaticString, _ values: DatabaseValue...) throws(DatabaseError) -> [DatabaseRow] {
    let statement = try prepared(sql.description)
    return try statement.run(values)
  }

  /// Does all of `work` or nothing of it.
  func transaction<Result>(_ work: () throws -> Result) throws -> Result {
    try execute("BEGIN IMMEDIATE")
    do {
      let result = try work()
      try execute("COMMIT")
      return result
    } catch {
      // Fails when SQLite has already rolled back by itself; the reason to report is the first one.
      try? execute("ROLLBACK")
      throw error
    }
  }

  private func prepared(_ sql: String) throws(DatabaseError) -> Statement {
    if let statement = statements[sql] { return statement }
    var pointer: OpaquePointer?
    guard sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &pointer, nil) == SQLITE_OK,
      let pointer
    else { throw failure() }
    let statement = Statement(pointer, of: handle)
    statements[sql] = statement
    return statement
  }

  private func failure() -> DatabaseError {
    DatabaseError(code: sqlite3_extended_errcode(handle), String(cString: sqlite3_errmsg(handle)))
  }
}

/// What SQLite said.
package struct DatabaseError: Error, Sendable, CustomStringConvertible {
  /// SQLite's (extended) result code.
  package let code: Int32
  package let message: String

  init(code: Int32, _ message: String) {
    self.code = code
    self.message = message
  }

  package var description: String { "the accounts database: \(message) (\(code))" }
}

import CSQLite

/// One connection with its prepared statements.
///
/// A statement is a `StaticString`, so that the compiler proves that no SQL is ever built from input.
///
/// `@unchecked Sendable`: a connection has one user at a time; `SQLiteDatabase` lends it out under a lock.
final class SQLiteConnection: @unchecked Sendable {
  private let handle: OpaquePointer
  /// Prepared statements by the address of their literal; a running one is taken out, so that recursion is safe.
  private var cache: [UnsafeRawPointer: OpaquePointer] = [:]
  /// Settings that were read before.
  var documents = DocumentMemory()

  init(path: String, readOnly: Bool) throws(SQLiteError) {
    var opened: OpaquePointer?
    let mode = readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE
    let status = sqlite3_open_v2(path, &opened, mode | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
    guard status == SQLITE_OK, let opened else {
      let error = SQLiteError(status: status, connection: opened)
      sqlite3_close_v2(opened)
      throw error
    }
    handle = opened
    sqlite3_busy_timeout(handle, 10_000)
  }

  deinit {
    for statement in cache.values { sqlite3_finalize(statement) }
    sqlite3_close_v2(handle)
  }

  /// How many rows the last statement changed.
  var changes: Int { Int(sqlite3_changes64(handle)) }
  var lastInsertedRow: Int64 { sqlite3_last_insert_rowid(handle) }

  /// Runs a statement that yields no row, or whose rows don't matter.
  func run(_ sql: StaticString, _ values: [SQLiteValue] = []) throws {
    try step(sql, values) { _ in true }
  }

  func query<T>(_ sql: StaticString, _ values: [SQLiteValue] = [], _ read: (SQLiteRow) throws -> T) throws -> [T] {
    var result: [T] = []
    try step(sql, values) { row in
      result.append(try read(row))
      return true
    }
    return result
  }

  func first<T>(_ sql: StaticString, _ values: [SQLiteValue] = [], _ read: (SQLiteRow) throws -> T) throws -> T? {
    var result: T?
    try step(sql, values) { row in
      result = try read(row)
      return false
    }
    return result
  }

  private func step(_ sql: StaticString, _ values: [SQLiteValue], _ row: (SQLiteRow) throws -> Bool) throws {
    let key = UnsafeRawPointer(sql.utf8Start)
    let statement = try cache.removeValue(forKey: key) ?? prepare(sql)
    defer {
      sqlite3_reset(statement)
      sqlite3_clear_bindings(statement)
      if let other = cache.updateValue(statement, forKey: key) { sqlite3_finalize(other) }
    }
    for (index, value) in values.enumerated() { try bind(value, to: Int32(index + 1), of: statement) }
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_ROW: if try !row(SQLiteRow(statement: statement)) { return }
      case SQLITE_DONE: return
      case let status: throw SQLiteError(status: status, connection: handle)
      }
    }
  }

  private func prepare(_ sql: StaticString) throws(SQLiteError) -> OpaquePointer {
    var statement: OpaquePointer?
    let status = sql.utf8Start.withMemoryRebound(to: CChar.self, capacity: sql.utf8CodeUnitCount) {
      sqlite3_prepare_v3(
        handle, $0, Int32(sql.utf8CodeUnitCount), UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
    }
    guard status == SQLITE_OK, let statement else { throw SQLiteError(status: status, connection: handle) }
    return statement
  }

  private func bind(_ value: SQLiteValue, to index: Int32, of statement: OpaquePointer) throws(SQLiteError) {
    // SQLITE_TRANSIENT is a cast macro, which Swift doesn't import: "copy the bytes before returning".
    let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    let status =
      switch value {
      case .null: sqlite3_bind_null(statement, index)
      case .int(let number): sqlite3_bind_int64(statement, index, number)
      case .text(let text):
        sqlite3_bind_text64(statement, index, text, UInt64(text.utf8.count), copied, UInt8(SQLITE_UTF8))
      // A zero-length blob needs a non-null pointer, else SQLite binds NULL.
      case .blob(let bytes):
        bytes.isEmpty
          ? sqlite3_bind_zeroblob(statement, index, 0)
          : sqlite3_bind_blob64(statement, index, bytes, UInt64(bytes.count), copied)
      }
    guard status == SQLITE_OK else { throw SQLiteError(status: status, connection: handle) }
  }

  /// Runs a script of several statements: migrations only.
  func runScript(_ script: StaticString) throws(SQLiteError) {
    let text = String(describing: script)
    let status = sqlite3_exec(handle, text, nil, nil, nil)
    guard status == SQLITE_OK else { throw SQLiteError(status: status, connection: handle) }
  }

  /// `PRAGMA user_version` takes no parameter; the number is ours.
  func setVersion(_ version: Int) throws(SQLiteError) {
    let status = sqlite3_exec(handle, "PRAGMA user_version = \(version)", nil, nil, nil)
    guard status == SQLITE_OK else { throw SQLiteError(status: status, connection: handle) }
  }
}

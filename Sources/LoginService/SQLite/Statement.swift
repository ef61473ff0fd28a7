import CSQLite

/// A prepared statement.
final class Statement {
  private let pointer: OpaquePointer
  private let database: OpaquePointer

  init(_ pointer: OpaquePointer, of database: OpaquePointer) {
    self.pointer = pointer
    self.database = database
  }

  deinit { sqlite3_finalize(pointer) }

  func run(_ values: [DatabaseValue]) throws(DatabaseError) -> [DatabaseRow] {
    defer {
      sqlite3_reset(pointer)
      sqlite3_clear_bindings(pointer)
    }
    for (index, value) in values.enumerated() { try bind(value, at: Int32(index + 1)) }
    var rows: [DatabaseRow] = []
    while true {
      switch sqlite3_step(pointer) {
      case SQLITE_ROW: rows.append(row())
      case SQLITE_DONE: return rows
      default: throw failure()
      }
    }
  }

  private func bind(_ value: DatabaseValue, at index: Int32) throws(DatabaseError) {
    let result =
      switch value {
      case .null: sqlite3_bind_null(pointer, index)
      case .integer(let number): sqlite3_bind_int64(pointer, index, number)
      case .text(let text):
        // SQLITE_TRANSIENT (-1): SQLite copies the text before the call returns.
        sqlite3_bind_text(
          pointer, index, text, Int32(text.utf8.count), unsafeBitCast(-1, to: sqlite3_destructor_type.self))
      }
    guard result == SQLITE_OK else { throw failure() }
  }

  private func row() -> DatabaseRow {
    DatabaseRow(
      values: (0..<sqlite3_column_count(pointer)).map { column in
        switch sqlite3_column_type(pointer, column) {
        case SQLITE_INTEGER: .integer(sqlite3_column_int64(pointer, column))
        case SQLITE_NULL: .null
        default: .text(sqlite3_column_text(pointer, column).map { String(cString: $0) } ?? "")
        }
      })
  }

  private func failure() -> DatabaseError {
    DatabaseError(code: sqlite3_extended_errcode(database), String(cString: sqlite3_errmsg(database)))
  }
}

/// What a column holds. We store nothing else.
enum DatabaseValue: Sendable, Equatable {
  case null
  case integer(Int64)
  case text(String)

  init(_ text: String?) { self = text.map { .text($0) } ?? .null }
}

struct DatabaseRow: Sendable {
  let values: [DatabaseValue]

  func integer(_ column: Int) -> Int64? {
    guard values.indices.contains(column), case .integer(let number) = values[column] else { return nil }
    return number
  }

  func text(_ column: Int) -> String? {
    guard values.indices.contains(column), case .text(let text) = values[column] else { return nil }
    return text
  }
}

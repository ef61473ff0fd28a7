import CSQLite
import FoundationEssentials

/// The current row of a running statement; valid only inside the closure that got it.
package struct SQLiteRow {
  let statement: OpaquePointer

  package func isNull(_ column: Int32) -> Bool { sqlite3_column_type(statement, column) == SQLITE_NULL }
  package func int(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }
  package func bool(_ column: Int32) -> Bool { int(column) != 0 }
  package func date(_ column: Int32) -> Date { Date(milliseconds: int(column)) }

  package func text(_ column: Int32) -> String {
    guard let bytes = sqlite3_column_text(statement, column) else { return "" }
    let count = Int(sqlite3_column_bytes(statement, column))
    return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
  }

  package func blob(_ column: Int32) -> [UInt8] {
    guard let bytes = sqlite3_column_blob(statement, column) else { return [] }
    return [UInt8](UnsafeRawBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(statement, column))))
  }

  package func optionalInt(_ column: Int32) -> Int64? { isNull(column) ? nil : int(column) }
  package func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }
  package func optionalBlob(_ column: Int32) -> [UInt8]? { isNull(column) ? nil : blob(column) }
  package func optionalDate(_ column: Int32) -> Date? { isNull(column) ? nil : date(column) }
}

import FoundationEssentials

/// A value bound to a parameter of a statement.
package enum SQLiteValue: Sendable, Equatable, ExpressibleByNilLiteral, ExpressibleByStringLiteral,
  ExpressibleByIntegerLiteral
{
  case null
  case int(Int64)
  case text(String)
  case blob([UInt8])

  package init(nilLiteral: ()) { self = .null }
  package init(stringLiteral value: String) { self = .text(value) }
  package init(integerLiteral value: Int64) { self = .int(value) }

  package init(_ value: String?) { self = value.map(SQLiteValue.text) ?? .null }
  package init(_ value: [UInt8]?) { self = value.map(SQLiteValue.blob) ?? .null }
  package init(_ value: Int) { self = .int(Int64(value)) }
  package init(_ value: Int64?) { self = value.map(SQLiteValue.int) ?? .null }
  package init(_ value: Bool) { self = .int(value ? 1 : 0) }
  /// Times are stored as whole milliseconds since 1970: AWS answers with no finer ones, and integers compare exactly.
  package init(_ value: Date?) { self = value.map { .int($0.milliseconds) } ?? .null }
}

extension Date {
  var milliseconds: Int64 { Int64((timeIntervalSince1970 * 1000).rounded()) }
  init(milliseconds: Int64) { self.init(timeIntervalSince1970: Double(milliseconds) / 1000) }
}

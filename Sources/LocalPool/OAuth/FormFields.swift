/// Fields of a query or of an `application/x-www-form-urlencoded` body. A field that comes twice is refused (RFC 6749
/// section 3.1), and so are bad escapes.
struct FormFields: Sendable {
  private static let mostBytes = 65_536
  private var values: [String: String] = [:]

  init(_ values: [String: String] = [:]) { self.values = values }

  init?(encoded text: String) {
    guard text.utf8.count <= Self.mostBytes else { return nil }
    for pair in text.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = Self.decode(parts[0]), let value = Self.decode(parts.count == 2 ? parts[1] : "") else {
        return nil
      }
      guard values.updateValue(value, forKey: name) == nil else { return nil }
    }
  }

  init?(queryOf request: PoolRequest) { self.init(encoded: request.query ?? "") }

  init?(bodyOf request: PoolRequest) {
    let type = request.header("content-type")?.lowercased() ?? ""
    guard type.hasPrefix("application/x-www-form-urlencoded"),
      let text = String(validating: request.body, as: UTF8.self)
    else { return nil }
    self.init(encoded: text)
  }

  /// The value; nil when it is missing or empty.
  subscript(name: String) -> String? { values[name].flatMap { $0.isEmpty ? nil : $0 } }

  var names: [String] { values.keys.sorted() }

  static func decode(_ text: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "+"): bytes.append(0x20)
      case UInt8(ascii: "%"):
        let digits = String(decoding: rest.prefix(2), as: UTF8.self)
        // `+f` is a number to Swift, and no escape.
        guard digits.utf8.count == 2, digits.first != "+", digits.first != "-", let value = UInt8(digits, radix: 16)
        else { return nil }
        bytes.append(value)
        rest = rest.dropFirst(2)
      default: bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }

  /// `name=value&…` with everything escaped that RFC 3986 doesn't leave unreserved.
  static func encode(_ fields: [(String, String)]) -> String {
    fields.map { "\(escape($0.0))=\(escape($0.1))" }.joined(separator: "&")
  }

  private static func escape(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let hex = String(byte, radix: 16, uppercase: true)
        result += "%" + (hex.count == 1 ? "0" : "") + hex
      }
    }
    return result
  }
}

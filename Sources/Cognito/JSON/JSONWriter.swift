/// Writes JSON with no white space and sorted members.
struct JSONWriter {
  var bytes: [UInt8] = []

  mutating func write(_ value: JSONValue) {
    switch value {
    case .null: append("null")
    case .bool(let value): append(value ? "true" : "false")
    case .int(let value): append(String(value))
    case .largeInt(let digits): append(Self.isWhole(digits) ? digits : "null")
    case .double(let value):
      // JSON has no word for infinity; the readers of our requests take null as "not given".
      append(value.isFinite ? "\(value)" : "null")
    case .string(let value): write(string: value)
    case .array(let elements): write(array: elements)
    case .object(let members): write(object: members)
    }
  }

  /// What others have put together may be no number: it must not get into the text as it is.
  private static func isWhole(_ text: String) -> Bool {
    let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
    return !digits.isEmpty && digits.allSatisfy { (0x30...0x39).contains($0) }
      && (digits.count == 1 || digits.first != 0x30)
  }

  private mutating func write(array elements: [JSONValue]) {
    append("[")
    for (index, element) in elements.enumerated() {
      if index > 0 { append(",") }
      write(element)
    }
    append("]")
  }

  private mutating func write(object members: [String: JSONValue]) {
    append("{")
    for (index, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
      if index > 0 { append(",") }
      write(string: member.key)
      append(":")
      write(member.value)
    }
    append("}")
  }

  private mutating func write(string: String) {
    append("\"")
    for byte in string.utf8 {
      switch byte {
      case UInt8(ascii: "\""): append("\\\"")
      case UInt8(ascii: "\\"): append("\\\\")
      case 0x0a: append("\\n")
      case 0x0d: append("\\r")
      case 0x09: append("\\t")
      case 0..<0x20: append("\\u00" + Hex.encode([byte]))
      default: bytes.append(byte)
      }
    }
    append("\"")
  }

  private mutating func append(_ text: String) {
    bytes += text.utf8
  }
}

/// The little JSON that helpers speak: flat objects of strings. `JSONDecoder` would cost half a millisecond and six
/// megabytes on a path that is measured in them.
enum JSONText {
  static let maximumBytes = 262_144

  /// `{"key":"value",…}` with everything escaped that RFC 8259 asks for.
  static func object(_ fields: [(String, String)]) -> [UInt8] {
    let members = fields.map { quoted($0.0) + [UInt8(ascii: ":")] + quoted($0.1) }
    return [UInt8(ascii: "{")] + Array(members.joined(separator: [UInt8(ascii: ",")])) + [UInt8(ascii: "}")]
  }

  static func quoted(_ text: String) -> [UInt8] {
    let digits = Array("0123456789abcdef".utf8)
    var bytes: [UInt8] = [UInt8(ascii: "\"")]
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case 0..<0x20, 0x7f: bytes += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      default: bytes.append(byte)
      }
    }
    return bytes + [UInt8(ascii: "\"")]
  }

  /// The members of a flat JSON object of strings.
  /// - Returns: nil for anything else, a member of another type and a repeated name included.
  static func strings(in bytes: [UInt8]) -> [String: String]? {
    guard bytes.count <= maximumBytes else { return nil }
    var reader = Reader(bytes: bytes)
    return reader.wholeObject()
  }

  private struct Reader {
    let bytes: [UInt8]
    var position = 0

    mutating func wholeObject() -> [String: String]? {
      var members: [String: String] = [:]
      guard take("{") else { return nil }
      if !take("}") {
        repeat {
          guard let name = string(), take(":"), let value = string(), members[name] == nil else { return nil }
          members[name] = value
        } while take(",")
        guard take("}") else { return nil }
      }
      skipBlanks()
      return position == bytes.count ? members : nil
    }

    mutating func skipBlanks() {
      while let byte = peek(), [0x20, 0x09, 0x0a, 0x0d].contains(byte) { position += 1 }
    }

    func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }

    mutating func next() -> UInt8? {
      guard let byte = peek() else { return nil }
      position += 1
      return byte
    }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
      skipBlanks()
      guard peek() == UInt8(ascii: character) else { return false }
      position += 1
      return true
    }

    mutating func string() -> String? {
      guard take("\"") else { return nil }
      var utf8: [UInt8] = []
      while let byte = next() {
        switch byte {
        case UInt8(ascii: "\""): return String(validating: utf8, as: UTF8.self)
        case UInt8(ascii: "\\"):
          guard let scalar = escape() else { return nil }
          utf8 += Array(String(Character(scalar)).utf8)
        case 0..<0x20: return nil
        default: utf8.append(byte)
        }
      }
      return nil
    }

    mutating func escape() -> Unicode.Scalar? {
      switch next() {
      case UInt8(ascii: "\""): "\""
      case UInt8(ascii: "\\"): "\\"
      case UInt8(ascii: "/"): "/"
      case UInt8(ascii: "b"): "\u{08}"
      case UInt8(ascii: "f"): "\u{0c}"
      case UInt8(ascii: "n"): "\n"
      case UInt8(ascii: "r"): "\r"
      case UInt8(ascii: "t"): "\t"
      case UInt8(ascii: "u"): unicodeEscape()
      default: nil
      }
    }

    /// One code unit, or a surrogate pair.
    mutating func unicodeEscape() -> Unicode.Scalar? {
      guard let first = codeUnit() else { return nil }
      guard (0xd800...0xdbff).contains(first) else { return Unicode.Scalar(first) }
      guard next() == UInt8(ascii: "\\"), next() == UInt8(ascii: "u"), let second = codeUnit(),
        (0xdc00...0xdfff).contains(second)
      else { return nil }
      return Unicode.Scalar(0x10000 + (first - 0xd800) << 10 + (second - 0xdc00))
    }

    mutating func codeUnit() -> UInt32? {
      var value: UInt32 = 0
      for _ in 0..<4 {
        guard let byte = next(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
        value = value << 4 | UInt32(digit)
      }
      return value
    }
  }
}

/// A strict reader of JSON texts (RFC 8259), bounded in depth.
///
/// FoundationEssentials' decoder takes duplicate members and keeps one of them; a token with two `aud` claims must
/// be refused, so the reader is ours.
struct JSONParser {
  private let bytes: [UInt8]
  private let maximumDepth: Int
  private var position = 0

  init(bytes: [UInt8], maximumDepth: Int) {
    self.bytes = bytes
    self.maximumDepth = maximumDepth
  }

  mutating func parseDocument() throws(CognitoError) -> JSONValue {
    let value = try parseValue(depth: 0)
    skipSpace()
    guard position == bytes.count else { throw failure("bytes after the value") }
    return value
  }

  private func failure(_ what: String) -> CognitoError {
    CognitoError(.malformedResponse, "Not JSON: \(what) at byte \(position).")
  }

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = current, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 { position += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard current == byte else { return false }
    position += 1
    return true
  }

  private mutating func parseValue(depth: Int) throws(CognitoError) -> JSONValue {
    guard depth <= maximumDepth else { throw failure("nested too deep") }
    skipSpace()
    switch current ?? 0 {
    case UInt8(ascii: "{"): return try parseObject(depth: depth)
    case UInt8(ascii: "["): return try parseArray(depth: depth)
    case UInt8(ascii: "\""): return .string(try parseString())
    case UInt8(ascii: "t"): return try parseWord("true", .bool(true))
    case UInt8(ascii: "f"): return try parseWord("false", .bool(false))
    case UInt8(ascii: "n"): return try parseWord("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try parseNumber()
    default: throw failure("no value")
    }
  }

  private mutating func parseWord(_ word: StaticString, _ value: JSONValue) throws(CognitoError) -> JSONValue {
    let count = word.utf8CodeUnitCount
    let matches = word.withUTF8Buffer { bytes[position...].prefix(count).elementsEqual($0) }
    guard matches else { throw failure("unknown word") }
    position += count
    return value
  }

  private mutating func parseArray(depth: Int) throws(CognitoError) -> JSONValue {
    position += 1
    var elements: [JSONValue] = []
    skipSpace()
    if take(UInt8(ascii: "]")) { return .array([]) }
    while true {
      elements.append(try parseValue(depth: depth + 1))
      skipSpace()
      if take(UInt8(ascii: "]")) { return .array(elements) }
      guard take(UInt8(ascii: ",")) else { throw failure("array not closed") }
    }
  }

  private mutating func parseObject(depth: Int) throws(CognitoError) -> JSONValue {
    position += 1
    var members: [String: JSONValue] = [:]
    skipSpace()
    if take(UInt8(ascii: "}")) { return .object([:]) }
    while true {
      skipSpace()
      guard current == UInt8(ascii: "\"") else { throw failure("no member name") }
      let name = try parseString()
      skipSpace()
      guard take(UInt8(ascii: ":")) else { throw failure("no colon") }
      let value = try parseValue(depth: depth + 1)
      guard members.updateValue(value, forKey: name) == nil else { throw failure("a member twice") }
      skipSpace()
      if take(UInt8(ascii: "}")) { return .object(members) }
      guard take(UInt8(ascii: ",")) else { throw failure("object not closed") }
    }
  }

  private mutating func parseNumber() throws(CognitoError) -> JSONValue {
    let start = position
    var isWhole = true
    _ = take(UInt8(ascii: "-"))
    if !take(UInt8(ascii: "0")) { try digits() }
    if take(UInt8(ascii: ".")) {
      isWhole = false
      try digits()
    }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      isWhole = false
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      try digits()
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if isWhole, let value = Int64(text) { return .int(value) }
    guard let value = Double(text), value.isFinite else { throw failure("number out of range") }
    return isWhole ? .largeInt(text) : .double(value)
  }

  private mutating func digits() throws(CognitoError) {
    let start = position
    while let byte = current, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
    guard position > start else { throw failure("no digit") }
  }

  private mutating func parseString() throws(CognitoError) -> String {
    position += 1
    let start = position
    skipPlainText()
    // Most strings have no escape: they are taken as they stand.
    if take(UInt8(ascii: "\"")) { return try string(bytes.span.extracting(start..<position - 1)) }
    var text = Array(bytes[start..<position])
    while let byte = current {
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return try string(text.span)
      case UInt8(ascii: "\\"): try parseEscape(into: &text)
      case 0..<0x20: throw failure("control character in a string")
      default: text.append(byte)
      }
    }
    throw failure("string not closed")
  }

  private mutating func skipPlainText() {
    while let byte = current, byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { position += 1 }
  }

  private func string(_ text: Span<UInt8>) throws(CognitoError) -> String {
    guard let text = try? UTF8Span(validating: text) else { throw failure("bad UTF-8") }
    return String(copying: text)
  }

  private mutating func parseEscape(into text: inout [UInt8]) throws(CognitoError) {
    guard let byte = current else { throw failure("escape cut") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0c)
    case UInt8(ascii: "n"): text.append(0x0a)
    case UInt8(ascii: "r"): text.append(0x0d)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"):
      var code = UInt32(try hexUnit())
      if (0xd800..<0xdc00).contains(code) {
        guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw failure("half a surrogate pair") }
        let low = UInt32(try hexUnit())
        guard (0xdc00..<0xe000).contains(low) else { throw failure("half a surrogate pair") }
        code = 0x10000 + (code - 0xd800) << 10 + (low - 0xdc00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw failure("half a surrogate pair") }
      text += String(Character(scalar)).utf8
    default: throw failure("unknown escape")
    }
  }

  private mutating func hexUnit() throws(CognitoError) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = current, let value = Hex.value(byte) else { throw failure("bad \\u escape") }
      unit = unit << 4 | UInt16(value)
      position += 1
    }
    return unit
  }
}

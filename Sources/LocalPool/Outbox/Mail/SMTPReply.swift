/// The last line of what a mail server said (RFC 5321 section 4.2): three digits and a text.
struct SMTPReply: Equatable, CustomStringConvertible {
  let code: Int
  let text: String

  init(code: Int, text: String) {
    self.code = code
    self.text = text
  }

  /// Nil for what isn't a reply.
  init?(_ line: [UInt8]) {
    let digits = line.prefix(3)
    guard digits.count == 3, digits.allSatisfy({ (0x30...0x39).contains($0) }),
      let code = Int(String(decoding: digits, as: UTF8.self))
    else { return nil }
    self.init(code: code, text: String(decoding: line.dropFirst(4), as: UTF8.self))
  }

  /// For people: shortened, with nothing in it that a terminal or a log line could stumble over.
  var description: String {
    let clean = text.unicodeScalars.filter { $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) }
    return "\(code) \(String(String.UnicodeScalarView(clean)).prefix(200))"
  }
}

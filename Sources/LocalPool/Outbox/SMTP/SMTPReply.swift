import NIOCore

/// What a mail server says (RFC 5321 section 4.2): three digits, and text on one line or more.
struct SMTPReply: Sendable, Equatable {
  let code: Int
  let lines: [String]

  /// For people: what was said, shortened, with nothing in it that a terminal or a log line could stumble over.
  var description: String {
    let text = lines.joined(separator: " ").unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }
    return "\(code) \(String(String.UnicodeScalarView(text)).prefix(200))"
  }
}

/// Reads replies; a server that doesn't keep to the form, or doesn't come to an end, is an error.
struct SMTPReplyDecoder: NIOSingleStepByteToMessageDecoder {
  typealias InboundOut = SMTPReply

  private static let longestLine = 1024
  private static let mostLines = 128
  private var lines: [String] = []
  private var code: Int?

  mutating func decode(buffer: inout ByteBuffer) throws -> SMTPReply? {
    while let end = buffer.readableBytesView.firstIndex(of: UInt8(ascii: "\n")) {
      guard let line = buffer.readSlice(length: end - buffer.readerIndex + 1) else { return nil }
      if let reply = try take(line.readableBytesView.dropLast()) { return reply }
    }
    guard buffer.readableBytes <= Self.longestLine else { throw SMTPFailure.notSMTP }
    return nil
  }

  mutating func decodeLast(buffer: inout ByteBuffer, seenEOF: Bool) throws -> SMTPReply? {
    try decode(buffer: &buffer)
  }

  private mutating func take(_ bytes: ByteBufferView) throws -> SMTPReply? {
    let line = bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes
    let digits = line.prefix(3)
    guard digits.count == 3, digits.allSatisfy({ (0x30...0x39).contains($0) }), line.count <= Self.longestLine,
      let number = Int(String(decoding: digits, as: UTF8.self)), code ?? number == number,
      lines.count < Self.mostLines
    else { throw SMTPFailure.notSMTP }
    let rest = line.dropFirst(3)
    guard let mark = rest.first else { return finish(number) }
    guard mark == UInt8(ascii: " ") || mark == UInt8(ascii: "-") else { throw SMTPFailure.notSMTP }
    lines.append(String(decoding: rest.dropFirst(), as: UTF8.self))
    code = number
    return mark == UInt8(ascii: "-") ? nil : finish(number)
  }

  private mutating func finish(_ number: Int) -> SMTPReply {
    defer {
      lines = []
      code = nil
    }
    return SMTPReply(code: number, lines: lines)
  }
}

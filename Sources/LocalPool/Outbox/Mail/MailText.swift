import Cognito
import FoundationEssentials

/// A message of the outbox as Internet mail (RFC 5322, MIME).
enum MailText {
  static func of(_ message: OutboxMessage, id: String) -> String {
    let isHTML = message.body.contains("<") && message.body.contains(">")
    // An address beyond ASCII stands there as it is (RFC 6532); what isn't an address can do no harm when encoded.
    let address = MailAddress(of: message)?.text ?? word(message.destination)
    let headers = [
      "Date: \(date(message.createdAt))", "From: no-reply@cognito-pool.invalid", "To: \(address)",
      "Subject: \(word(message.subject))", "Message-ID: <\(id)@cognito-pool.invalid>", "MIME-Version: 1.0",
      "Content-Type: text/\(isHTML ? "html" : "plain"); charset=utf-8", "Content-Transfer-Encoding: base64",
    ]
    return (headers + [""] + lines(Base64.encode(Array(message.body.utf8)), 76)).joined(separator: "\r\n") + "\r\n"
  }

  /// Plain when it is short printable ASCII; else encoded words (RFC 2047), so that no text can end a header line, and no
  /// line gets longer than the 998 characters of RFC 5322.
  private static func word(_ text: String) -> String {
    let isPlain = text.unicodeScalars.allSatisfy { (0x20..<0x7F).contains($0.value) } && !text.contains("=?")
    if isPlain, text.utf8.count <= 256 { return text }
    // An encoded word holds at most 75 characters: 45 bytes, cut between characters.
    var words: [String] = []
    var part: [UInt8] = []
    for character in text {
      let bytes = Array(String(character).utf8)
      if part.count + bytes.count > 45, !part.isEmpty {
        words.append(Base64.encode(part))
        part = []
      }
      part += bytes
    }
    words.append(Base64.encode(part))
    return words.map { "=?utf-8?B?\($0)?=" }.joined(separator: "\r\n ")
  }

  private static func lines(_ text: String, _ width: Int) -> [String] {
    let bytes = Array(text.utf8)
    return stride(from: 0, to: bytes.count, by: width).map {
      String(decoding: bytes[$0..<min($0 + width, bytes.count)], as: UTF8.self)
    }
  }

  private static func date(_ date: Date) -> String {
    HTTPDate.text(unixSeconds: Int64(date.timeIntervalSince1970)).replacing("GMT", with: "+0000")
  }
}

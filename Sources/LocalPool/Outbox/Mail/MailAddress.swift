/// Whom a message goes to, as mail programs write it: nothing in it can end a header line or an SMTP command.
struct MailAddress: Equatable {
  let text: String

  /// Nil for what isn't an address. A message for a phone gets one that leads nowhere, but shows the number.
  init?(of message: OutboxMessage) {
    let text = message.medium == .email ? message.destination : "\(message.destination)@sms.invalid"
    guard AttributeFormat.isEmail(text), text.utf8.count <= 320,
      text.unicodeScalars.allSatisfy({ !(0x80..<0xA0).contains($0.value) && !$0.properties.isWhitespace })
    else { return nil }
    self.text = text
  }

  /// Beyond ASCII: only servers with SMTPUTF8 take it (RFC 6531).
  var isInternational: Bool { text.utf8.contains { $0 > 0x7F } }
}

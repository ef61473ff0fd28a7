import FoundationEssentials
import NIOCore

/// The client's side of one SMTP session (RFC 5321).
struct SMTPDialogue {
  static let sender = "no-reply@cognito-pool.invalid"

  var replies: NIOAsyncChannelInboundStream<SMTPReply>.AsyncIterator
  let commands: NIOAsyncChannelOutboundWriter<ByteBuffer>

  mutating func send(_ text: String, to recipient: MailAddress) async throws {
    try await expect(220, "the connection")
    let extensions = try await greet()
    guard !recipient.isInternational || extensions.contains("SMTPUTF8") else {
      throw SMTPFailure.unsendable("the server takes no addresses beyond ASCII (SMTPUTF8)")
    }
    let international = recipient.isInternational ? " SMTPUTF8 BODY=8BITMIME" : ""
    try await command("MAIL FROM:<\(Self.sender)>\(international)", 250, "the sender")
    try await command("RCPT TO:<\(recipient.text)>", 250, "the recipient")
    try await command("DATA", 354, "the message")
    try await commands.write(ByteBuffer(string: Self.stuffed(text)))
    try await expect(250, "the message")
    // It is taken; what the server says to the farewell doesn't matter.
    try? await commands.write(ByteBuffer(string: "QUIT\r\n"))
  }

  /// The extensions that the server names; none for one that knows only HELO.
  private mutating func greet() async throws -> Set<String> {
    try await commands.write(ByteBuffer(string: "EHLO [127.0.0.1]\r\n"))
    let reply = try await next()
    guard reply.code == 250 else {
      try await command("HELO [127.0.0.1]", 250, "the greeting")
      return []
    }
    return Set(reply.lines.dropFirst().map { $0.prefix { $0 != " " }.uppercased() })
  }

  private mutating func command(_ text: String, _ code: Int, _ step: String) async throws {
    try await commands.write(ByteBuffer(string: text + "\r\n"))
    try await expect(code, step)
  }

  private mutating func expect(_ code: Int, _ step: String) async throws {
    let reply = try await next()
    guard reply.code == code || code == 250 && reply.code == 251 else {
      throw SMTPFailure.refused(step: step, reply)
    }
  }

  private mutating func next() async throws -> SMTPReply {
    guard let reply = try await replies.next() else {
      throw SMTPFailure.unreachable("the connection ended, or took too long")
    }
    return reply
  }

  /// A dot that begins a line is doubled, and a lone dot ends the message (RFC 5321 section 4.5.2). `text` has CRLF line
  /// ends throughout.
  static func stuffed(_ text: String) -> String {
    let lines = text.components(separatedBy: "\r\n").map { $0.hasPrefix(".") ? "." + $0 : $0 }
    let body = lines.joined(separator: "\r\n")
    return (body.hasSuffix("\r\n") ? body : body + "\r\n") + ".\r\n"
  }
}

import FoundationEssentials
import NIOCore
import Testing

@testable import LocalPool

@Suite("SMTP")
struct SMTPTests {
  private func replies(_ text: String) throws -> [SMTPReply] {
    var decoder = SMTPReplyDecoder()
    var replies: [SMTPReply] = []
    var buffer = ByteBuffer()
    for byte in text.utf8 {
      buffer.writeInteger(byte)
      while let reply = try decoder.decode(buffer: &buffer) { replies.append(reply) }
    }
    return replies
  }

  @Test("replies of one line and of several are read, byte by byte, with either line end")
  func reads() throws {
    let read = try replies("220 hello\r\n250-first\r\n250-SIZE 1\n250 last\r\n354\r\n")
    #expect(
      read == [
        SMTPReply(code: 220, lines: ["hello"]), SMTPReply(code: 250, lines: ["first", "SIZE 1", "last"]),
        SMTPReply(code: 354, lines: []),
      ])
  }

  @Test(
    "what isn't SMTP is refused, and so is what doesn't end",
    arguments: [
      "HTTP/1.1 400 Bad Request\r\n", "25\r\n", "250_x\r\n", "250-a\r\n251 b\r\n", String(repeating: "2", count: 1025),
      String(repeating: "250-a\r\n", count: 200),
    ])
  func refuses(_ text: String) {
    #expect(throws: SMTPFailure.notSMTP) { try replies(text) }
  }

  @Test("a reply in the log has no line ends and no control characters, and is short")
  func description() {
    let reply = SMTPReply(code: 550, lines: ["no\u{1B}[31m", String(repeating: "x", count: 500)])
    #expect(reply.description.hasPrefix("550 no[31m x") && reply.description.count < 210)
  }

  @Test("a dot that begins a line is doubled, so that no text can end the message")
  func stuffing() {
    #expect(SMTPDialogue.stuffed(".\r\na\r\n..\r\n") == "..\r\na\r\n...\r\n.\r\n")
    #expect(SMTPDialogue.stuffed("a") == "a\r\n.\r\n")
  }

  @Test(
    "an address that could end a command, a header or itself is none",
    arguments: [
      "a@b.c\r\nRCPT TO:<x@y.z>", "a@b.c>", "a@b", "a b@c.d", "a@b.c\u{85}", "a\u{2028}b@c.d", "@b.c", "a@b@c.d", "",
    ])
  func addresses(_ text: String) {
    #expect(MailAddress(of: message(to: text)) == nil)
    #expect(!MailText.of(message(to: text), id: "1").contains("\r\nRCPT"))
  }

  @Test("a phone number becomes an address that leads nowhere; one beyond ASCII needs SMTPUTF8")
  func otherAddresses() {
    #expect(MailAddress(of: message(to: "+4912345", .sms))?.text == "+4912345@sms.invalid")
    #expect(MailAddress(of: message(to: "jürgen@example.com"))?.isInternational == true)
    #expect(MailAddress(of: message(to: "ada@example.com"))?.isInternational == false)
  }

  @Test("no line of a mail is longer than a server must take", arguments: ["x", "ü"])
  func longLines(_ letter: String) {
    let mail = MailText.of(message(to: "a@b.c", subject: String(repeating: letter, count: 3000)), id: "1")
    #expect(mail.components(separatedBy: "\r\n").allSatisfy { $0.utf8.count <= 998 })
  }

  private func message(
    to destination: String, _ medium: OutboxMessage.Medium = .email, subject: String = "Hi"
  ) -> OutboxMessage {
    OutboxMessage(
      poolID: "local_A", username: "a", medium: medium, destination: destination, kind: "sign-up", subject: subject,
      body: "x", code: nil, createdAt: Date(timeIntervalSince1970: 0))
  }
}

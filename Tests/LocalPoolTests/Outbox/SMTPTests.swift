import CCurl
import FoundationEssentials
import Testing

@testable import LocalPool

@Suite("SMTP")
struct SMTPTests {
  private func heard(_ lines: [String], needsSMTPUTF8: Bool = false) -> SMTPSession {
    let session = SMTPSession("text", needsSMTPUTF8: needsSMTPUTF8)
    for line in lines {
      var bytes = line.utf8.map { CChar(bitPattern: $0) }
      #expect(session.take(&bytes, bytes.count) == bytes.count)
    }
    return session
  }

  @Test(
    "a refused message is told from a server that fares no better with another",
    arguments: [
      (CURLE_SEND_ERROR, "550 no such user\r\n", true, false), (CURLE_SEND_ERROR, "451 later\r\n", false, false),
      (CURLE_WEIRD_SERVER_REPLY, "554 spam\r\n", true, false),
      // The connection broke after a good reply, or a wrong password: no message may be lost by it.
      (CURLE_SEND_ERROR, "250 OK\r\n", false, true), (CURLE_SEND_ERROR, "", false, true),
      (CURLE_LOGIN_DENIED, "535 wrong password\r\n", false, true), (CURLE_OPERATION_TIMEDOUT, "", false, true),
      (CURLE_PEER_FAILED_VERIFICATION, "220 go ahead\r\n", false, true),
      (CURLE_USE_SSL_FAILED, "250 x\r\n", false, true),
      (CURLE_RECV_ERROR, "502 no EHLO here\r\n", false, true),
    ])
  func failures(_ code: CURLcode, _ line: String, isPermanent: Bool, isOfServer: Bool) {
    let failure = heard(line.isEmpty ? [] : [line]).failure(code)
    #expect(failure.isPermanent == isPermanent && failure.isOfServer == isOfServer)
  }

  @Test("what is refused after all of it was sent is the message, by whichever code libcurl says it")
  func refusedAtTheEnd() {
    let session = heard(["354 go ahead\r\n"])
    var buffer = [CChar](repeating: 0, count: 16)
    while session.read(into: &buffer, 16) > 0 {}
    #expect(session.failure(CURLE_RECV_ERROR).isOfServer, "nothing was said of it")
    var line = "554 spam\r\n".utf8.map { CChar(bitPattern: $0) }
    _ = session.take(&line, line.count)
    var farewell = "221 bye\r\n".utf8.map { CChar(bitPattern: $0) }
    _ = session.take(&farewell, farewell.count)
    #expect(session.failure(CURLE_RECV_ERROR).isPermanent && session.failure(CURLE_WEIRD_SERVER_REPLY).isPermanent)
  }

  @Test("an address beyond ASCII is sent only where the server says that it takes one")
  func international() {
    var buffer = [CChar](repeating: 0, count: 16)
    let without = heard(["250-SIZE 100\r\n", "250 8BITMIME\r\n"], needsSMTPUTF8: true)
    #expect(without.read(into: &buffer, 16) == Int(CURL_READFUNC_ABORT))
    #expect(without.failure(CURLE_ABORTED_BY_CALLBACK).isPermanent)
    let with = heard(["250-smtputf8\r\n", "250 8BITMIME\r\n"], needsSMTPUTF8: true)
    #expect(with.read(into: &buffer, 16) == 4)
    #expect(with.read(into: &buffer, 16) == 0)
  }

  @Test("a server that doesn't come to an end is left")
  func endless() {
    let session = SMTPSession("text", needsSMTPUTF8: false)
    var line = [CChar](repeating: 50, count: 1000)
    #expect((0..<100).contains { _ in session.take(&line, 1000) == 0 })
  }

  @Test("a reply in the log has no line ends and no control characters, and is short")
  func description() {
    let line = Array("550 no\u{1B}[31m\u{9B}\(String(repeating: "x", count: 500))\r\n".utf8)
    let reply = SMTPReply(line)
    #expect(reply?.description.hasPrefix("550 no[31mx") == true && reply?.description.count == 204)
  }

  @Test("what isn't a reply is none", arguments: ["HTTP/1.1 400 Bad Request", "25", "", "\u{FF12}\u{FF15}\u{FF10} x"])
  func noReply(_ line: String) {
    #expect(SMTPReply(Array(line.utf8)) == nil)
  }

  @Test("no line of a mail begins with a dot, so that none could end it", arguments: [".", "\r\n.\r\nRCPT TO:<a@b.c>"])
  func dots(_ text: String) {
    let mail = MailText.of(message(to: text, subject: text, body: text), id: "1")
    #expect(!mail.contains("\n.") && !mail.hasPrefix(".") && !mail.contains("RCPT TO"))
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
    to destination: String, _ medium: OutboxMessage.Medium = .email, subject: String = "Hi", body: String = "x"
  ) -> OutboxMessage {
    OutboxMessage(
      poolID: "local_A", username: "a", medium: medium, destination: destination, kind: "sign-up", subject: subject,
      body: body, code: nil, createdAt: Date(timeIntervalSince1970: 0))
  }
}

import FoundationEssentials
import Testing

@testable import LocalPool

@Suite("messages as mail")
struct MailTextTests {
  private func mail(subject: String, body: String = "x", to: String = "a@example.com") -> String {
    MailText.of(
      OutboxMessage(
        poolID: "local_A", username: "a", medium: .email, destination: to, kind: "sign-up", subject: subject,
        body: body,
        code: nil, createdAt: Date(timeIntervalSince1970: 1_800_000_000)), id: "1")
  }

  @Test("no subject can add a header")
  func noInjection() {
    let text = mail(subject: "Hi\r\nBcc: everybody@example.com\r\n\r\nbody")
    #expect(!text.contains("Bcc"))
    #expect(text.contains("Subject: =?utf-8?B?"))
  }

  @Test("a long subject beyond ASCII is cut into encoded words of at most 75 characters")
  func longSubject() {
    let lines = mail(subject: String(repeating: "é", count: 200)).components(separatedBy: "\r\n")
    #expect(lines.filter { $0.contains("=?utf-8?B?") }.allSatisfy { $0.utf8.count <= 75 + "Subject: ".count })
  }

  @Test("the date is the message's")
  func date() {
    #expect(mail(subject: "x").contains("Date: Fri, 15 Jan 2027 08:00:00 +0000\r\n"))
  }
}

import LoginProtocol
import Testing

@Suite("Secrets stay out of every rendering")
struct SecretsTests {
  static let needle = "S3cret-needle-0123456789"

  /// One message of each type, with the needle wherever something secret can stand.
  static func messages() throws -> [LoginMessage] {
    let secret = SecretBytes(utf8: needle)
    let lease = try #require(LeaseID(needle))
    let user = try #require(LoginName("alice"))
    let begin = Begin(operation: .changeUpdate, user: user, service: "passwd", ticket: secret)
    return [
      .begin(begin), .answer(secret), .cancel, .prompt(Prompt(.password, "Password: ")), .info("i"), .error("e"),
      .result(Outcome(operation: .changeCheck, user: user, code: .success, ticket: secret)), .collect, .stored(lease),
      .signOut, .loginAdd(user), .loginRemove(user), .loginList(after: nil), .status, .loginUnlock(user),
      .loginLock(user), .loginForget(user), .loginSessions, .loginTest(user, service: "sshd"),
      .lease(lease, document: secret),
      .nothing, .done, .logins(document: "[\"\(needle)\"]", more: false), .report(document: "{\"\(needle)\":1}"),
      .refused(Refusal(.failed, "no")),
    ]
  }

  @Test("for every type of message, by description, debug description, interpolation and dump")
  func renderings() throws {
    let messages = try Self.messages()
    #expect(Set(messages.map(\.type)) == Set(MessageType.allCases))
    for message in messages {
      var dumped = ""
      dump(message, to: &dumped)
      for text in ["\(message)", String(reflecting: message), "\(Optional(message) as Any)", dumped] {
        #expect(!text.contains(Self.needle), "\(message.type)")
      }
    }
  }

  @Test("in errors about refused frames")
  func errors() throws {
    for message in try Self.messages() {
      var frame = try FrameEncoder.encode(message)
      frame[4] = 0x7f
      let error = #expect(throws: FrameError.self) { try FrameDecoder.decode(frame, for: message.type.receiver) }
      #expect(!"\(String(describing: error))".contains(Self.needle))
    }
  }

  @Test("and equal secrets compare equal, others don't")
  func comparison() {
    #expect(SecretBytes(utf8: "abc") == SecretBytes(utf8: "abc"))
    #expect(SecretBytes(utf8: "abc") != SecretBytes(utf8: "abd"))
    #expect(SecretBytes(utf8: "abc") != SecretBytes(utf8: "abcd"))
    #expect(SecretBytes([]) == SecretBytes(utf8: ""))
  }
}

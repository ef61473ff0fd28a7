import Cognito
import LoginProtocol
import LoginService
import Testing

@Suite("Setting up a second factor while signing in")
struct SetUpTests {
  private static let key = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXPQZSA"

  func world(_ question: SignInQuestion) async throws -> World {
    let world = try World()
    world.pool.add("alice", .init(password: "right", code: "123456", question: question))
    try await world.know("alice")
    return world
  }

  func app() async throws -> World {
    try await world(.authenticatorSetUp(secret: Secret(utf8: Self.key), issuer: "AbCdEfGhI"))
  }

  @Test("an authenticator app's key is shown as a code to scan and as text, within 80 columns; it is in no log")
  func authenticator() async throws {
    let world = try await app()
    let terminal = ScriptedPrompter("right", "000000", "123456")
    #expect(try await world.converse(.authenticate, terminal).code == .success)
    #expect(terminal.kinds == [.password, .code, .code])
    let url = "otpauth://totp/AbCdEfGhI:alice?secret=\(Self.key)&issuer=AbCdEfGhI"
    let code = try #require(QRCode(Array(url.utf8)))
    let lines = terminal.told.joined(separator: "\n").split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.dropFirst().dropLast().map(String.init) == code.lines)
    #expect(lines.last?.hasSuffix(Self.key) == true)
    #expect(lines.allSatisfy { $0.count <= 80 || $0.contains("authenticator app") })
    #expect(terminal.told.allSatisfy { $0.utf8.count <= 4096 })
    #expect(!world.log.text.contains(Self.key))
  }

  @Test("a program without a terminal is shown the key alone; one that drops messages, in the prompt")
  func otherPrograms() async throws {
    let greeter = ScriptedPrompter("right", "123456")
    #expect(try await app().converse(.authenticate, service: "gdm-password", greeter).code == .success)
    #expect(greeter.told.count == 2 && greeter.told[1].hasSuffix(Self.key))
    let silent = ScriptedPrompter("right", "123456")
    #expect(try await app().converse(.authenticate, service: "sudo", flags: .silent, silent).code == .success)
    #expect(silent.told.isEmpty && silent.prompts[1].text.contains(Self.key))
  }

  @Test("e-mail is set up with an address, which may be mistyped, and the code that goes there")
  func email() async throws {
    let world = try await world(.emailSetUp)
    let terminal = ScriptedPrompter("right", "nowhere", "alice@example.com", "123456")
    #expect(try await world.converse(.authenticate, terminal).code == .success)
    #expect(terminal.kinds == [.password, .question, .question, .code])
    #expect(terminal.warnings == ["Codes can't be sent to that address."])
  }

  @Test("a choice is offered by number, and asked three times at most")
  func choice() async throws {
    let options = ["a code of my authenticator app", "a code by e-mail"]
    let terminal = ScriptedPrompter("right", "0", "two", "2", "123456")
    #expect(try await world(.setUpChoice(options)).converse(.authenticate, terminal).code == .success)
    #expect(terminal.prompts[1].text.contains("  2. a code by e-mail\nYou need a second factor"))
    let stubborn = ScriptedPrompter("right", "3", "-1", "", "1")
    #expect(try await world(.choice(options)).converse(.authenticate, stubborn).code == .denied)
    #expect(stubborn.kinds == [.password, .choice, .choice, .choice])
  }

  @Test("where no factor can be given here, the person is told so after the password, and not before")
  func impossible() async throws {
    let terminal = ScriptedPrompter("right")
    #expect(try await world(.impossible).converse(.authenticate, terminal).code == .denied)
    #expect(terminal.warnings.count == 1 && terminal.warnings[0].contains("second factor"))
  }
}

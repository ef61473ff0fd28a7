import Cognito
import LoginProtocol
import LoginService
import Testing

@Suite("A forgotten password, and an account that isn't confirmed")
struct RecoveryTests {
  private static let stranger = "192.0.2.7"

  func world(_ person: FakePool.Person, _ extra: String = "password_reset = yes") async throws -> World {
    let world = try World("allow_groups = staff\n\(extra)")
    world.pool.add("alice", person)
    try await world.know("alice")
    return world
  }

  @Test(
    "who types 'forgotten' gets a code, chooses a new password, and is signed in with it", arguments: [nil, stranger])
  func forgotten(rhost: String?) async throws {
    let world = try await world(.init(password: "old password"))
    let terminal = ScriptedPrompter("forgotten", "", "424242", "new password")
    #expect(try await world.converse(.authenticate, rhost: rhost, terminal).code == .success)
    #expect(terminal.kinds == [.password, .code, .code, .newPassword] && terminal.warnings.isEmpty)
    #expect(world.pool.sent == ["alice"] && world.pool.password(of: "alice") == "new password")
    #expect(world.pool.signIns == 1)
    #expect(!world.log.text.contains("424242") && !world.log.text.contains("new password"))
  }

  @Test("a code that was sent before will do; a second factor is still asked for")
  func earlierCode() async throws {
    let world = try await world(.init(password: "old password", code: "123456", resetCode: "777777"))
    let terminal = ScriptedPrompter("forgotten", "777777", "new password", "123456")
    #expect(try await world.converse(.authenticate, terminal).code == .success)
    #expect(terminal.kinds == [.password, .code, .newPassword, .code] && world.pool.sent.isEmpty)
  }

  @Test("where only people here may reset, the word is a wrong password for who comes from elsewhere")
  func local() async throws {
    let world = try await world(.init(password: "old password", resetCode: "777777"), "password_reset = local")
    let stranger = ScriptedPrompter("forgotten", "777777", "new password")
    #expect(try await world.converse(.authenticate, rhost: Self.stranger, stranger).code == .denied)
    #expect(stranger.kinds == [.password])
    let here = ScriptedPrompter("forgotten", "777777", "new password")
    #expect(try await world.converse(.authenticate, service: "su", here).code == .success)
  }

  @Test("without the setting, by passwd, and for sudo the word is a password like others")
  func off() async throws {
    for (extra, operation, service) in [
      ("", LoginProtocol.Hook.authenticate, "sshd"), ("password_reset = no", .authenticate, "su"),
      ("password_reset = yes", .authenticate, "sudo"), ("password_reset = yes", .changeCheck, "passwd"),
    ] {
      let world = try await world(.init(password: "old password", resetCode: "777777"), extra)
      let terminal = ScriptedPrompter("forgotten", "777777", "new password")
      #expect(try await world.converse(operation, service: service, terminal).code == .denied)
      #expect(terminal.prompts.count == 1 && world.pool.password(of: "alice") == "old password")
    }
  }

  @Test("known, unknown, waiting and over the limit: a stranger is asked the same and hears the same")
  func discreet() async throws {
    let world = try await world(.init(password: "old password"))
    var seen: Set<[String]> = []
    for name in ["alice", "nobody-here", "alice", "alice", "alice", "alice", "alice", "alice"] {
      let terminal = ScriptedPrompter("forgotten", "", "000000", "short")
      let outcome = try await world.converse(.authenticate, of: name, rhost: Self.stranger, terminal)
      #expect(outcome.code == (name == "alice" ? .denied : .unknownUser))
      #expect(terminal.told.isEmpty && terminal.warnings.isEmpty)
      seen.insert(terminal.prompts.map { "\($0.kind) \($0.text)" })
    }
    #expect(seen.count == 1)
    // Of seven that asked, three got theirs.
    #expect(world.pool.sent == ["alice", "alice", "alice"])
  }

  @Test("nobody fills a mailbox: three codes an hour, six a day, whoever asks")
  func limits() async throws {
    let world = try await world(.init(password: "old password"))
    func ask(_ rhost: String) async throws {
      _ = try? await world.converse(.authenticate, rhost: rhost, ScriptedPrompter("forgotten", ""))
    }
    for host in 0..<10 { try await ask("192.0.2.\(host)") }
    #expect(world.pool.sent.count == 3)
    world.clock.advance(3601)
    for host in 0..<10 { try await ask("192.0.3.\(host)") }
    world.clock.advance(3601)
    for host in 0..<10 { try await ask("192.0.4.\(host)") }
    #expect(world.pool.sent.count == 6)
    world.clock.advance(86_400)
    try await ask("192.0.2.1")
    #expect(world.pool.sent.count == 7)
  }

  @Test("guessed codes are counted like guessed passwords")
  func guesses() async throws {
    let world = try await world(.init(password: "old password", resetCode: "777777"))
    for _ in 0..<5 {
      let guess = ScriptedPrompter("forgotten", "000000", "new password")
      #expect(try await world.converse(.authenticate, rhost: Self.stranger, guess).code == .denied)
    }
    let right = ScriptedPrompter("forgotten", "777777", "new password")
    #expect(try await world.converse(.authenticate, rhost: Self.stranger, right).code == .denied)
    #expect(world.pool.password(of: "alice") == "old password")
    world.clock.advance(1)
    let patient = ScriptedPrompter("forgotten", "777777", "new password")
    #expect(try await world.converse(.authenticate, rhost: Self.stranger, patient).code == .success)
  }

  @Test("who is on this machine may correct the code and the password")
  func corrected() async throws {
    let world = try await world(.init(password: "old password", resetCode: "777777"))
    let terminal = ScriptedPrompter("forgotten", "000000", "short", "good enough", "777777")
    #expect(try await world.converse(.authenticate, terminal).code == .success)
    #expect(terminal.kinds == [.password, .code, .newPassword, .newPassword, .code])
    #expect(
      terminal.warnings == ["Password not long enough\nChoose another password.", "That code is wrong or too old."])
  }

  @Test("finding 10: neither the word nor the code becomes the new password")
  func notTheCode() async throws {
    let world = try await world(.init(password: "old password", resetCode: "77777777"))
    let terminal = ScriptedPrompter("forgotten", "77777777", "forgotten", "77777777", "", "late enough")
    #expect(try await world.converse(.authenticate, terminal).code == .denied)
    #expect(world.pool.password(of: "alice") == "old password")
  }

  @Test("a password that an administrator reset is replaced at once by who is on this machine")
  func reset() async throws {
    let world = try await world(.init(password: "old password", resetCode: "777777", mustReset: true))
    let terminal = ScriptedPrompter("old password", "777777", "new password")
    #expect(try await world.converse(.authenticate, service: "su", terminal).code == .success)
    #expect(terminal.warnings == ["Your password has to be reset before you can sign in."])
    let off = try await self.world(.init(password: "old password", resetCode: "777777", mustReset: true), "")
    let told = ScriptedPrompter("old password")
    #expect(try await off.converse(.authenticate, service: "su", told).code == .denied)
    #expect(told.warnings[0].contains("has to be reset"))
  }

  @Test("an account is confirmed by the code of its sign-up, then the password counts")
  func confirmation() async throws {
    let world = try await world(.init(password: "right", confirmationCode: "555555"), "account_confirmation = yes")
    let wrong = ScriptedPrompter("wrong", "555555")
    #expect(try await world.converse(.authenticate, wrong).code == .denied)
    #expect(wrong.kinds == [.password, .code])
    world.pool.add("alice", .init(password: "right", confirmationCode: "555555"))
    let terminal = ScriptedPrompter("right", "", "000000", "555555")
    #expect(try await world.converse(.authenticate, terminal).code == .success)
    #expect(terminal.kinds == [.password, .code, .code, .code] && world.pool.sent == ["alice"])
    let off = try await self.world(.init(password: "right", confirmationCode: "555555"), "")
    #expect(try await off.converse(.authenticate, ScriptedPrompter("right", "555555")).code == .denied)
  }

  @Test("sshd shows a refusal only with a prompt: after the right password there is one, before it none")
  func lastWords() async throws {
    let world = try await world(.init(password: "right", groups: ["others"]), "")
    let terminal = ScriptedPrompter("right", "")
    #expect(try await world.converse(.authenticate, rhost: Self.stranger, terminal).code == .notPermitted)
    #expect(terminal.kinds == [.password, .question] && terminal.prompts[1].text.contains("isn't allowed to sign in"))
    let gone = ScriptedPrompter("right")
    #expect(try await world.converse(.authenticate, rhost: Self.stranger, gone).code == .notPermitted)
    let wrong = ScriptedPrompter("wrong")
    #expect(try await world.converse(.authenticate, rhost: Self.stranger, wrong).code == .denied)
    #expect(wrong.kinds == [.password])
  }

  @Test("of a new password's attributes a refused one is asked for again, the password isn't")
  func attributes() async throws {
    let world = try await world(
      .init(password: "temporary", isTemporary: true, missing: ["phone_number"], badValue: "12"), "")
    let terminal = ScriptedPrompter("temporary", "long enough", "12", "+441234567890")
    #expect(try await world.converse(.authenticate, terminal).code == .success)
    #expect(terminal.kinds == [.password, .newPassword, .question, .question])
    #expect(terminal.warnings == ["Invalid phone number format."])
    #expect(terminal.prompts[2].text == "Phone number (as +441234567890): ")
    #expect(world.pool.password(of: "alice") == "long enough")
  }

  @Test(
    "no error of the pool, at a reset or a confirmation, ends in success or leaves tokens",
    arguments: CognitoError.Code.exceptions + CognitoError.Code.own, [nil, stranger])
  func neverSuccess(code: CognitoError.Code, rhost: String?) async throws {
    let world = try await world(.init(password: "old password"))
    world.pool.fail(recovery: CognitoError(code, "no"))
    let answers = ["forgotten", "", "424242", "new password", "424242", "new password", "424242", "new password"]
    let terminal = ScriptedPrompter(answers)
    // Whoever is asked again and again leaves at last.
    let outcome = try? await world.converse(.authenticate, rhost: rhost, terminal)
    #expect(outcome?.code != .success)
    #expect(world.pool.password(of: "alice") == "old password")
    let other = try await self.world(.init(password: "right", confirmationCode: "5"), "account_confirmation = yes")
    other.pool.fail(recovery: CognitoError(code, "no"))
    let confirming = try? await other.converse(
      .authenticate, rhost: rhost, ScriptedPrompter("right", "5", "5", "5", "5"))
    #expect(confirming?.code != .success)
    #expect(await world.context.leases.count + other.context.leases.count == 0)
  }

  @Test("the settings are off unless they are written, and nothing else than they is taken")
  func settings() throws {
    func parse(_ lines: String) throws -> LoginConfiguration.Login {
      let text = "[pool]\nuser_pool_id = eu-west-1_Test\nclient_id = client\n[login]\nallow_groups = *\n\(lines)\n"
      return try LoginConfiguration.parse(Array(text.utf8), name: "x").login
    }
    let silent = try parse("")
    #expect(silent.passwordReset == .no && silent.rememberDevice == .no && !silent.accountConfirmation)
    let written = try parse("password_reset = local\nremember_device = ask\naccount_confirmation = yes")
    #expect(written.passwordReset == .local && written.rememberDevice == .ask && written.accountConfirmation)
    for line in [
      "password_reset = true", "password_reset = ask", "remember_device = local", "account_confirmation = 1",
    ] {
      #expect(throws: (any Error).self) { try parse(line) }
    }
  }
}

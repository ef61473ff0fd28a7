import Cognito
import LoginProtocol
import LoginService
import Testing

@Suite("Signing in")
struct AuthenticateTests {
  func world(_ person: FakePool.Person, login: String = "allow_groups = staff") async throws -> World {
    let world = try World(login)
    world.pool.add("alice", person)
    try await world.know("alice")
    return world
  }

  @Test("the right password signs in, and the tokens wait for the person's collector")
  func password() async throws {
    let world = try await world(.init(password: "right"))
    let terminal = ScriptedPrompter("right")
    #expect(try await world.converse(.authenticate, terminal) == outcome(.success, .authenticate))
    #expect(terminal.prompts == [Prompt(.password, "Password: ")] && terminal.warnings.isEmpty)
    #expect(await world.context.leases.lease(of: 10_000)?.tokens.refreshToken?.revealed() == "refresh.alice.1")
  }

  private static let device = NewDevice(key: "eu-west-1_device", groupKey: "-g")

  @Test("a new device is confirmed before the tokens are handed over, so that they can be renewed")
  func confirmsDevice() async throws {
    let world = try await world(.init(password: "right", device: Self.device))
    #expect(try await world.converse(.authenticate, ScriptedPrompter("right")).code == .success)
    #expect(world.pool.confirmed == [Self.device.key])
    #expect(await world.context.leases.lease(of: 10_000)?.tokens.deviceKey == Self.device.key)
  }

  @Test("a device that can't be confirmed keeps nobody out, and the log says what comes of it")
  func unconfirmedDevice() async throws {
    let world = try await world(.init(password: "right", device: Self.device))
    world.pool.fail(confirm: CognitoError(.tooManyRequests, "slow down"))
    let terminal = ScriptedPrompter("right")
    #expect(try await world.converse(.authenticate, terminal).code == .success)
    #expect(terminal.warnings.isEmpty)
    #expect(await world.context.leases.count == 1)
    #expect(world.log.text.contains("isn't confirmed") && world.log.text.contains("slow down"))
  }

  @Test("a pool that never answers the confirmation holds nobody up for long")
  func hangingConfirmation() async throws {
    let world = try World(deadline: .milliseconds(200))
    world.pool.add("alice", .init(password: "right", device: Self.device))
    try await world.know("alice")
    world.pool.hangConfirming()
    #expect(try await world.converse(.authenticate, ScriptedPrompter("right")).code == .success)
    #expect(await world.context.leases.count == 1)
  }

  @Test("no device is confirmed for tokens that nobody gets")
  func noDeviceForNobody() async throws {
    let world = try await world(.init(password: "right", groups: ["others"], device: Self.device))
    #expect(try await world.converse(.authenticate, ScriptedPrompter("right")).code == .notPermitted)
    let asking = try await self.world(
      .init(password: "right", device: Self.device),
      login: "allow_groups = staff\nreauthentication_services = sudo")
    #expect(try await asking.converse(.authenticate, service: "sudo", ScriptedPrompter("right")).code == .success)
    #expect(world.pool.confirmed.isEmpty && asking.pool.confirmed.isEmpty)
  }

  @Test("a wrong password is denied in words that don't say what was wrong")
  func wrongPassword() async throws {
    let world = try await world(.init(password: "right"))
    let terminal = ScriptedPrompter("wrong")
    #expect(try await world.converse(.authenticate, terminal).code == .denied)
    #expect(terminal.warnings.count == 1 && !terminal.warnings[0].contains("alice"))
    #expect(await world.context.leases.count == 0)
  }

  @Test("disabled, deleted and wrong read the same")
  func noEnumeration() async throws {
    var seen: Set<[String]> = []
    for code in [CognitoError.Code.notAuthorized, .userNotFound, .userDisabled] {
      let world = try await world(.init(password: "right"))
      world.pool.fail(signIn: CognitoError(code, "internal words"))
      let terminal = ScriptedPrompter("right")
      #expect(try await world.converse(.authenticate, terminal).code == .denied)
      seen.insert(terminal.warnings)
    }
    #expect(seen.count == 1)
  }

  @Test("linux-pam CVE-2020-27780: an unknown name is unknown, and an empty password proves nothing")
  func emptyPassword() async throws {
    let world = try await world(.init(password: ""))
    #expect(try await world.converse(.authenticate, of: "mallory", ScriptedPrompter("")).code == .unknownUser)
    #expect(try await world.converse(.authenticate, ScriptedPrompter("")).code == .denied)
    #expect(world.pool.signIns == 0)
  }

  @Test("a code is asked for, and blanks in it don't count")
  func code() async throws {
    let world = try await world(.init(password: "right", code: "123456"))
    let terminal = ScriptedPrompter("right", " 123 456")
    #expect(try await world.converse(.authenticate, terminal).code == .success)
    #expect(terminal.kinds == [.password, .code])
  }

  @Test("a wrong code may be typed again, three times in all")
  func wrongCode() async throws {
    let world = try await world(.init(password: "right", code: "123456"))
    let patient = ScriptedPrompter("right", "000000", "123456")
    #expect(try await world.converse(.authenticate, patient).code == .success)
    #expect(patient.kinds == [.password, .code, .code])
    let guesser = ScriptedPrompter("right", "000000", "000001", "000002", "123456")
    #expect(try await world.converse(.authenticate, guesser).code == .denied)
    #expect(guesser.kinds == [.password, .code, .code, .code])
  }

  @Test(
    "after a refused code it is asked for again exactly where the library says so",
    arguments: CognitoError.Code.exceptions + CognitoError.Code.own)
  func asksAgain(code: CognitoError.Code) async throws {
    let refusal = CognitoError(code, "no")
    let world = try await world(.init(password: "right", code: "123456", codeRefusal: refusal))
    let terminal = ScriptedPrompter("right", "000000", "000001", "000002", "000003")
    _ = try await world.converse(.authenticate, terminal)
    #expect(terminal.kinds == [.password] + Array(repeating: .code, count: code.asksAgain ? 3 : 1))
  }

  @Test("a temporary password must be changed, with what the pool lacks")
  func newPassword() async throws {
    let world = try await world(.init(password: "temporary", isTemporary: true, missing: ["given_name"]))
    let terminal = ScriptedPrompter("temporary", "short", "Alice", "long enough", "Alice")
    #expect(try await world.converse(.authenticate, terminal).code == .success)
    #expect(terminal.kinds == [.password, .newPassword, .question, .newPassword, .question])
    #expect(terminal.prompts[2].text == "Given name: " && terminal.prompts[2].echo)
    #expect(terminal.warnings == ["Password not long enough\nChoose another password."])
    #expect(world.pool.password(of: "alice") == "long enough")
  }

  @Test("authd CVE-2024-9313: the pool's signature decides who it is, and it must be who was asked for")
  func otherUser() async throws {
    let world = try await world(.init(password: "right", username: "bob"))
    #expect(try await world.converse(.authenticate, ScriptedPrompter("right")).code == .denied)
    #expect(await world.context.leases.count == 0)
    #expect(try await world.context.accounts.find(login("alice"))?.subject == nil)
  }

  @Test("a pool that takes alice for Alice may: there both are one person")
  func capitals() async throws {
    let world = try await world(.init(password: "right", username: "Alice"))
    #expect(try await world.converse(.authenticate, ScriptedPrompter("right")).code == .success)
  }

  @Test("himmelblau a139def5: tokens that can't be verified are nobody's")
  func unverified() async throws {
    let world = try await world(.init(password: "right"))
    world.pool.fail(verify: CognitoError(.tokenSignatureInvalid, "The token's signature is wrong."))
    #expect(try await world.converse(.authenticate, ScriptedPrompter("right")).code == .unavailable)
    #expect(await world.context.leases.count == 0)
  }

  @Test("somebody else who got the name in the pool is refused")
  func anotherPerson() async throws {
    let world = try await world(.init(password: "right", subject: "one"))
    #expect(try await world.converse(.authenticate, ScriptedPrompter("right")).code == .success)
    world.pool.add("alice", .init(password: "right", subject: "two"))
    #expect(try await world.converse(.authenticate, ScriptedPrompter("right")).code == .notPermitted)
    #expect(try await world.context.accounts.find(login("alice"))?.subject == "one")
  }

  @Test("himmelblau CVE-2025-49012: only groups named in allow_groups let somebody in")
  func policy() async throws {
    let world = try await world(.init(password: "right", groups: ["Staff", "staff2", "sudo"]))
    let terminal = ScriptedPrompter("right")
    #expect(try await world.converse(.authenticate, terminal).code == .notPermitted)
    #expect(await world.context.leases.count == 0)
    #expect(try await world.converse(.account).code == .notPermitted)
  }

  @Test(
    "oidc-pam #120: no error of the pool, at any step, ends in success",
    arguments: CognitoError.Code.exceptions + CognitoError.Code.own)
  func neverSuccess(code: CognitoError.Code) async throws {
    let world = try await world(.init(password: "right"))
    world.pool.fail(signIn: CognitoError(code, "no"))
    #expect(try await world.converse(.authenticate, ScriptedPrompter("right", "x", "y", "z")).code != .success)
    world.pool.fail(signIn: nil)
    world.pool.fail(verify: CognitoError(code, "no"))
    #expect(try await world.converse(.authenticate, ScriptedPrompter("right")).code != .success)
    #expect(await world.context.leases.count == 0)
  }

  @Test(
    "a pool that is out of order is told apart from a wrong password, and costs no attempt",
    arguments: [CognitoError.Code.network, .timeout, .tls, .malformedResponse, .serviceUnavailable, .throttling])
  func outOfOrder(code: CognitoError.Code) async throws {
    let world = try await world(.init(password: "right"))
    world.pool.fail(signIn: CognitoError(code, "no"))
    for _ in 0..<8 {
      let terminal = ScriptedPrompter("right")
      #expect(try await world.converse(.authenticate, terminal).code == .unavailable)
      #expect(terminal.warnings[0].contains("can't be reached"))
    }
    world.pool.fail(signIn: nil)
    #expect(try await world.converse(.authenticate, ScriptedPrompter("right")).code == .success)
  }

  @Test("a pool that never answers is given up by a deadline")
  func hanging() async throws {
    let world = try World("allow_groups = staff", deadline: .milliseconds(50))
    try await world.know("alice")
    world.pool.hang()
    #expect(try await world.converse(.authenticate, ScriptedPrompter("right")).code == .unavailable)
  }

  @Test("after too many wrong passwords even the right one has to wait, and isn't put to the pool")
  func rateLimit() async throws {
    let world = try await world(.init(password: "right"))
    for _ in 0..<5 { #expect(try await world.converse(.authenticate, ScriptedPrompter("wrong")).code == .denied) }
    let terminal = ScriptedPrompter("right")
    #expect(try await world.converse(.authenticate, terminal).code == .maxTries)
    #expect(terminal.warnings == ["Too many failed attempts. Wait 1 second, then try again."])
    #expect(world.pool.signIns == 5)
    world.clock.advance(1)
    #expect(try await world.converse(.authenticate, ScriptedPrompter("right")).code == .success)
  }

  @Test("wrong codes count as well")
  func codesCount() async throws {
    let world = try await world(.init(password: "right", code: "123456"))
    for _ in 0..<2 {
      _ = try await world.converse(.authenticate, ScriptedPrompter("right", "0", "1", "2"))
    }
    #expect(try await world.converse(.authenticate, ScriptedPrompter("right", "123456")).code == .maxTries)
  }

  @Test("who leaves in the middle is not signed in, but the attempt counts")
  func leaving() async throws {
    let world = try await world(.init(password: "right", code: "123456"))
    await #expect(throws: ConversationEnded(.closed)) {
      try await world.converse(.authenticate, ScriptedPrompter("right"))
    }
    #expect(await world.context.leases.count == 0)
  }

  @Test("unknown names stay unknown unless the configuration says otherwise; then the pool decides")
  func allowUnknown() async throws {
    let world = try World("allow_groups = staff\nallow_unknown = yes\nplain_names = yes")
    world.pool.add("alice", .init(password: "right"))
    #expect(try await world.converse(.authenticate, ScriptedPrompter("wrong")).code == .denied)
    #expect(world.records.isEmpty)
    #expect(try await world.converse(.authenticate, ScriptedPrompter("right")).code == .success)
    #expect(world.record("alice.user") != nil)
    for name in ["root", "lovelace", "docker"] {
      world.pool.add(name, .init(password: "right"))
      #expect(try await world.converse(.authenticate, of: name, ScriptedPrompter("right")).code == .unknownUser)
    }
    world.pool.add("eve", .init(password: "right", subject: "s-eve", groups: ["guests"]))
    #expect(try await world.converse(.authenticate, of: "eve", ScriptedPrompter("right")).code == .notPermitted)
    #expect(world.record("eve.user") == nil)
  }

  @Test("without root's word a name must be one that no package can have")
  func plainNames() async throws {
    let world = try World("allow_groups = staff\nallow_unknown = yes")
    for name in ["zabbix", "alice@example"] {
      world.pool.add(name, .init(password: "right", subject: "s-\(name)"))
    }
    #expect(try await world.converse(.authenticate, of: "zabbix", ScriptedPrompter("right")).code == .unknownUser)
    for name in ["alice@example"] {
      #expect(try await world.converse(.authenticate, of: name, ScriptedPrompter("right")).code == .success)
      #expect(world.record("\(name).user") != nil)
    }
    // Root may insist.
    try await world.know("zabbix")
    #expect(try await world.converse(.authenticate, of: "zabbix", ScriptedPrompter("right")).code == .success)
  }

  @Test("a program that only asks again, as sudo, gets no tokens, and those made are ended")
  func reauthentication() async throws {
    let world = try await world(.init(password: "right"))
    #expect(try await world.converse(.authenticate, service: "sudo", ScriptedPrompter("right")).code == .success)
    #expect(await world.context.leases.count == 0)
    try await eventually { world.pool.revoked == ["refresh.alice.1"] }
  }

  @Test("a new login replaces what nobody collected, and ends it")
  func replaced() async throws {
    let world = try await world(.init(password: "right"))
    for _ in 0..<2 { _ = try await world.converse(.authenticate, ScriptedPrompter("right")) }
    #expect(await world.context.leases.lease(of: 10_000)?.tokens.refreshToken?.revealed() == "refresh.alice.2")
    try await eventually { world.pool.revoked == ["refresh.alice.1"] }
  }

  @Test("no password, code or token is ever in the log")
  func log() async throws {
    let world = try await world(.init(password: "h0rse-staple", code: "424242"))
    _ = try await world.converse(.authenticate, ScriptedPrompter("wr0ng-staple"))
    _ = try await world.converse(.authenticate, ScriptedPrompter("h0rse-staple", "111111", "424242"))
    for secret in ["staple", "424242", "111111", "refresh.", "access.", "id.alice"] {
      #expect(!world.log.text.contains(secret))
    }
    #expect(world.log.text.contains("signed in"))
  }
}

/// Waits for something that happens in the background, for at most five seconds.
func eventually(_ condition: @Sendable () async -> Bool) async throws {
  let deadline = ContinuousClock.now + .seconds(5)
  while await !condition() {
    try #require(ContinuousClock.now < deadline, "it never happened")
    try await Task.sleep(for: .milliseconds(5))
  }
}

import Cognito
import FoundationEssentials
import LoginProtocol
import LoginService
import Testing

@Suite("This machine as a person's device")
struct DeviceTests {
  private static let device = NewDevice(key: "eu-west-1_device", groupKey: "-g")
  private static let here = "192.0.2.7"

  func world(_ remember: String, code: String? = "123456") async throws -> World {
    let world = try World("allow_groups = staff\n\(remember)")
    world.pool.add("alice", .init(password: "right", code: code, device: Self.device))
    try await world.know("alice")
    return world
  }

  /// Which kinds of questions a login from there takes.
  func login(
    _ world: World, from host: String? = here, service: String = "sshd", _ answers: ScriptedPrompter? = nil
  ) async throws -> [Prompt.Kind] {
    let terminal = answers ?? ScriptedPrompter("right", "123456", "no")
    #expect(try await world.converse(.authenticate, service: service, rhost: host, terminal).code == .success)
    return terminal.kinds
  }

  @Test("remembered, it stands for the code: from the same place, for 30 days")
  func remembered() async throws {
    let world = try await world("remember_device = yes")
    #expect(try await login(world) == [.password, .code])
    #expect(try await login(world) == [.password])
    #expect(try await login(world, from: "198.51.100.1") == [.password, .code])
    #expect(try await login(world, from: nil, service: "su") == [.password, .code])
    world.clock.advance(30 * 86_400 - 1)
    #expect(try await login(world) == [.password])
    world.clock.advance(2)
    #expect(try await login(world) == [.password, .code])
  }

  @Test("asked each time that a code was typed, and only a yes is one")
  func asked() async throws {
    let world = try await world("remember_device = ask")
    for answer in ["", "n", "nope", "maybe"] {
      #expect(try await login(world, ScriptedPrompter("right", "123456", answer)) == [.password, .code, .question])
    }
    #expect(try await login(world, ScriptedPrompter("right", "123456", "Yes")) == [.password, .code, .question])
    #expect(try await login(world) == [.password])
  }

  @Test("not without the setting, and not for who has no second factor: they may get one")
  func off() async throws {
    for world in [try await world(""), try await world("remember_device = no")] {
      for _ in 0..<2 { #expect(try await login(world) == [.password, .code]) }
    }
    for setting in ["yes", "ask"] {
      let world = try await world("remember_device = \(setting)", code: nil)
      #expect(try await login(world) == [.password])
      #expect(try await world.context.devices.count() == 0)
    }
  }

  @Test("sudo asks for the code as ever, and so does passwd")
  func reauthentication() async throws {
    let world = try await world("remember_device = yes")
    _ = try await login(world, from: nil, service: "login")
    #expect(try await login(world, from: nil, service: "sudo") == [.password, .code])
    let terminal = ScriptedPrompter("right", "123456")
    #expect(try await world.converse(.changeCheck, service: "passwd", terminal).code == .success)
    #expect(terminal.kinds == [.password, .code] || terminal.kinds == [.currentPassword, .code])
    #expect(world.pool.shownDevices.dropFirst().allSatisfy { $0 == nil })
  }

  @Test("where a level of proof is wanted, no device is shown in place of it")
  func level() async throws {
    let world = try World("allow_groups = staff\nremember_device = yes\n[service login]\nacr = urn:cognito:loa:4")
    world.pool.add(
      "alice",
      .init(password: "right", code: "123456", claims: ["acr": "urn:cognito:loa:4"], device: Self.device))
    try await world.know("alice")
    #expect(try await login(world) == [.password, .code])
    #expect(try await login(world) == [.password])
    for _ in 0..<2 { #expect(try await login(world, service: "login") == [.password, .code]) }
  }

  @Test("the end of a login's tokens leaves a remembered device, and ends one that isn't")
  func ends() async throws {
    let world = try await world("remember_device = yes")
    _ = try await login(world)
    let kept = try #require(await world.context.leases.lease(of: 10_000)).tokens
    #expect(kept.newDevice == nil && kept.deviceKey == Self.device.key)
    let other = try await self.world("")
    _ = try await login(other)
    #expect(await other.context.leases.lease(of: 10_000)?.tokens.newDevice == Self.device)
  }

  @Test("forgotten by the pool, by a sign-out, with the account; never another person's")
  func forgotten() async throws {
    let world = try await world("remember_device = yes")
    _ = try await login(world)
    world.pool.forgetDevice(of: "alice")
    #expect(try await login(world) == [.password, .code])
    // It is another one now.
    #expect(try await login(world) == [.password])
    try await connected(to: world.server(), as: 10_000) { client async throws in
      #expect(try await client.request(.signOut) == .done)
    }
    #expect(try await login(world) == [.password, .code])
    #expect(try await world.context.devices.count() == 1)
    try await connected(to: world.server(), as: 0) { client async throws in
      #expect(try await client.request(.loginRemove(LoginServiceTests.login("alice"))) == .done)
    }
    #expect(try await world.context.devices.count() == 0)
  }

  @Test("a device is the subject's: one that an account got since has none")
  func subject() async throws {
    let world = try await world("remember_device = yes")
    _ = try await login(world)
    let account = try #require(try await world.context.accounts.find(LoginServiceTests.login("alice")))
    let place = Origin.remote(Self.here)
    #expect(try await world.context.devices.device(of: account, from: place)?.username == "alice")
    // Accounts of other machines, with the same uid.
    for subject in [nil, "sub-2", "sub-", "sub-11"] {
      let elsewhere = try await self.world("")
      if let subject {
        elsewhere.pool.add("alice", .init(password: "right", subject: subject, code: "123456"))
        _ = try await login(elsewhere)
      }
      let other = try #require(try await elsewhere.context.accounts.find(LoginServiceTests.login("alice")))
      #expect(other.id == account.id && other.subject == subject)
      #expect(try await world.context.devices.device(of: other, from: place) == nil)
    }
  }

  @Test("the file is the daemon's alone, and no secret is in the log")
  func file() async throws {
    let world = try await world("remember_device = yes")
    _ = try await login(world)
    #expect(mode("\(world.directory.path)/state/devices.sqlite").map { $0 & 0o777 } == 0o600)
    #expect(!world.log.text.contains("device secret") && world.log.text.contains("second factor from now on"))
  }

  @Test("the pool's list names the program and the machine")
  func named() async throws {
    let world = try await world("")
    _ = try await login(world)
    #expect(world.pool.deviceNames == [NewDevice.suggestedName(for: "sshd")])
  }

  @Test("a confirmation that is lost is tried once more")
  func again() async throws {
    let world = try await world("")
    world.pool.failConfirming(times: 1)
    _ = try await login(world)
    #expect(world.pool.confirmed == [Self.device.key] && !world.log.text.contains("isn't confirmed"))
    world.pool.failConfirming(times: 2)
    _ = try await login(world)
    #expect(world.pool.confirmed.count == 1 && world.log.text.contains("isn't confirmed"))
  }
}

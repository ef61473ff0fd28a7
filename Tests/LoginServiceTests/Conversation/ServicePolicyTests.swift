import Cognito
import LoginProtocol
import LoginService
import Testing

@Suite("What single programs want")
struct ServicePolicyTests {
  private func world(_ lines: String, _ person: FakePool.Person) async throws -> World {
    let world = try World(lines)
    world.pool.add("alice", person)
    try await world.know("alice")
    return world
  }

  private func sudo(_ world: World, _ service: String = "sudo") async throws -> Outcome.Code {
    try await world.converse(.authenticate, service: service, ScriptedPrompter("right")).code
  }

  private static let mapped = "allow_groups = staff\ngroup_map = admins:sudo"

  @Test("finding 5: a right that the pool took away is gone at the next sudo, and at each one after it")
  func lostGroup() async throws {
    let world = try await world(Self.mapped, .init(password: "right", groups: ["staff", "admins"]))
    #expect(try await world.converse(.authenticate, ScriptedPrompter("right")).code == .success)
    #expect(try await sudo(world) == .success)
    world.pool.add("alice", .init(password: "right", groups: ["staff"]))
    for _ in 0..<3 { #expect(try await sudo(world) == .notPermitted) }
    #expect(world.record("alice:sudo.membership") == nil)
    // A login is no question of that; but it doesn't take the group from processes that have it.
    #expect(try await world.converse(.authenticate, ScriptedPrompter("right")).code == .success)
    #expect(try await sudo(world) == .notPermitted)
    world.pool.add("alice", .init(password: "right", groups: ["staff", "admins"]))
    #expect(try await sudo(world) == .success)
    try await eventually { world.pool.revoked.count == 7 }
  }

  @Test("a group that gave nothing here may be lost, and one that another group still gives")
  func harmlessLoss() async throws {
    let world = try await world(
      "allow_groups = staff\ngroup_map = admins:sudo, chiefs:sudo",
      .init(password: "right", groups: ["staff", "admins", "chiefs", "choir"]))
    #expect(try await sudo(world) == .success)
    world.pool.add("alice", .init(password: "right", groups: ["staff", "chiefs"]))
    #expect(try await sudo(world) == .success)
  }

  @Test("what was lost before the machine started is forgotten: nothing has run since")
  func reboot() async throws {
    let world = try await world(Self.mapped, .init(password: "right", groups: ["staff", "admins"]))
    #expect(try await sudo(world) == .success)
    world.pool.add("alice", .init(password: "right", groups: ["staff"]))
    #expect(try await sudo(world) == .notPermitted)
    world.clock.advance(100)
    world.clock.restartMachine()
    #expect(try await world.converse(.authenticate, ScriptedPrompter("right")).code == .success)
    #expect(try await sudo(world) == .success)
  }

  @Test("[service sudo] groups decides by the fresh token, for sudo -i too, and says nothing about other programs")
  func groups() async throws {
    let world = try await world(
      Self.mapped + "\n[service sudo]\ngroups = admins, chiefs", .init(password: "right", groups: ["staff"]))
    #expect(try await world.converse(.authenticate, ScriptedPrompter("right")).code == .success)
    for service in ["sudo", "sudo-i"] {
      #expect(try await sudo(world, service) == .notPermitted)
      #expect(try await world.converse(.account, service: service).code == .notPermitted)
    }
    #expect(try await world.converse(.account).code == .success)
    world.pool.add("alice", .init(password: "right", groups: ["staff", "chiefs"]))
    #expect(try await sudo(world) == .success)
    #expect(try await world.converse(.account, service: "sudo-i").code == .success)
    // allow_groups holds beside it.
    world.pool.add("alice", .init(password: "right", groups: ["chiefs"]))
    #expect(try await sudo(world) == .notPermitted)
    #expect(try await world.converse(.account, service: "sudo").code == .notPermitted)
  }

  @Test("acr is read in the token: the level named or one above it, and nothing that was only asked for")
  func level() async throws {
    let lines = "allow_groups = staff\n[service sudo]\nacr = urn:cognito:loa:3, urn:cognito:loa:2"
    for (acr, code) in [
      ("urn:cognito:loa:1", Outcome.Code.notPermitted), ("urn:cognito:loa:2", .success),
      ("urn:cognito:loa:4", .success),
      ("urn:cognito:loa:22", .notPermitted), ("", .notPermitted),
    ] {
      let world = try await world(lines, .init(password: "right", claims: ["acr": .string(acr)]))
      #expect(try await sudo(world) == code)
      #expect(world.pool.levels == [["urn:cognito:loa:3", "urn:cognito:loa:2"]])
      #expect(try await world.converse(.authenticate, ScriptedPrompter("right")).code == .success)
      #expect(world.pool.levels.last == [])
    }
    let silent = try await world(lines, .init(password: "right"))
    #expect(try await sudo(silent) == .notPermitted)
  }

  @Test("max_age is about the proof in the token")
  func age() async throws {
    let world = try await world(
      "allow_groups = staff\n[service sudo]\nmax_age = 1h",
      .init(password: "right", claims: ["auth_time": .int(1_700_000_000)]))
    #expect(try await sudo(world) == .success)
    world.clock.advance(3600 + 301)
    #expect(try await sudo(world) == .notPermitted)
    world.pool.add("alice", .init(password: "right"))
    #expect(try await sudo(world) == .notPermitted)
  }

  @Test("after recheck a key, cron or su by root needs a sign-in first")
  func recheck() async throws {
    let world = try await world(
      "allow_groups = *\nrecheck = 2d\n[service cron]\nrecheck = never\n[service su]\nrecheck = 1h",
      .init(password: "right"))
    // Somebody who never signed in has proved nothing, even where everybody may.
    #expect(try await world.converse(.account).code == .notPermitted)
    #expect(try await world.converse(.authenticate, ScriptedPrompter("right")).code == .success)
    world.clock.advance(3600)
    for service in ["sshd", "cron", "su", "su-l"] {
      #expect(try await world.converse(.account, service: service).code == .success)
    }
    world.clock.advance(1)
    for service in ["su", "su-l"] {
      #expect(try await world.converse(.account, service: service).code == .notPermitted)
    }
    world.clock.advance(2 * 86_400)
    let terminal = ScriptedPrompter()
    #expect(try await world.converse(.account, terminal).code == .notPermitted)
    #expect(terminal.warnings.count == 1 && terminal.warnings[0].contains("too long ago"))
    #expect(try await world.converse(.account, service: "cron").code == .success)
    // sudo asks the pool: that counts as a sign-in.
    #expect(try await sudo(world) == .success)
    #expect(try await world.converse(.account).code == .success)
    // A clock set back by a day locks nobody out.
    world.clock.advance(-86_400)
    #expect(try await world.converse(.account).code == .success)
  }

  @Test("a disabled or deleted person doesn't get in by key after recheck, though nobody told this machine")
  func deletedPerson() async throws {
    let world = try await world("allow_groups = staff", .init(password: "right"))
    #expect(try await world.converse(.authenticate, ScriptedPrompter("right")).code == .success)
    world.pool.fail(signIn: CognitoError(.userNotFound, "User does not exist."))
    #expect(try await world.converse(.authenticate, ScriptedPrompter("right")).code == .denied)
    #expect(try await world.converse(.account).code == .success)
    world.clock.advance(30 * 86_400 + 1)
    #expect(try await world.converse(.account).code == .notPermitted)
  }
}

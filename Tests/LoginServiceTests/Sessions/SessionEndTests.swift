import Cognito
import LoginProtocol
import LoginService
import Testing

/// machine finding 2, login-security 19: who has a session, and when the tokens that nobody collected end.
@Suite("The end of sessions")
struct SessionEndTests {
  /// alice, signed in by ssh, whose tokens wait.
  func world() async throws -> World {
    let world = try World()
    world.pool.add("alice", .init(password: "right"))
    try await world.know("alice")
    _ = try await world.converse(.authenticate, ScriptedPrompter("right"))
    return world
  }

  func sweep(_ world: World) async { await Housekeeping(context: world.context).endUnused() }

  @Test("a person's service manager, which opens as root and never closes, is no session")
  func manager() async throws {
    let world = try await world()
    #expect(try await world.converse(.openSession, pid: 20).code == .success)
    #expect(try await world.converse(.openSession, service: "systemd-user", pid: 21).code == .success)
    #expect(await world.context.leases.sessions == [10_000: 1])
    #expect(try await world.converse(.closeSession, pid: 20).code == .success)
    #expect(world.pool.revoked == ["refresh.alice.1"])
    #expect(try await world.converse(.closeSession, as: 10_000, service: "systemd-user", pid: 22).code == .success)
    #expect(await world.context.leases.sessions.isEmpty)
  }

  @Test("a session that nobody closes ends with the process that opened it")
  func opener() async throws {
    let world = try await world()
    _ = try await world.converse(.openSession, pid: 20)
    await sweep(world)
    #expect(world.pool.revoked.isEmpty)
    world.processes.end(20)
    #expect(await world.context.leases.sessions.isEmpty)
    await sweep(world)
    #expect(world.pool.revoked == ["refresh.alice.1"])
  }

  @Test(
    "when the daemon stops, tokens that nobody has collected are ended, and no more than they",
    arguments: ["revoke", "global", "forget"])
  func stop(signOut: String) async throws {
    let world = try World("allow_groups = staff\nsign_out = \(signOut)")
    world.pool.add("alice", .init(password: "right"))
    try await world.know("alice")
    _ = try await world.converse(.authenticate, ScriptedPrompter("right"))
    let housekeeping = Task { try await Housekeeping(context: world.context).run() }
    housekeeping.cancel()
    await #expect(throws: CancellationError.self) { try await housekeeping.value }
    #expect(world.pool.revoked == (signOut == "forget" ? [] : ["refresh.alice.1"]) && world.pool.signedOut.isEmpty)
    #expect(await world.context.leases.count == 0)
  }

  @Test("a job that begins and ends while somebody is on their way in doesn't end their tokens")
  func cron() async throws {
    let world = try await world()
    _ = try await world.converse(.openSession, service: "cron", pid: 30)
    _ = try await world.converse(.closeSession, service: "cron", pid: 30)
    await sweep(world)
    #expect(world.pool.revoked.isEmpty)
    _ = try await world.converse(.openSession, pid: 20)
    _ = try await world.converse(.closeSession, pid: 20)
    #expect(world.pool.revoked == ["refresh.alice.1"])
  }

  @Test("the person's own uid may close a session of theirs, and open none")
  func ownUID() async throws {
    let world = try await world()
    _ = try await world.converse(.openSession, service: "login", pid: 20)
    #expect(try await world.converse(.openSession, as: 10_000, service: "login", pid: 20).code == .notPermitted)
    #expect(try await world.converse(.closeSession, as: 10_001, service: "login", pid: 20).code == .notPermitted)
    // A process that opened none of their sessions ends none.
    #expect(try await world.converse(.closeSession, as: 10_000, service: "login", pid: 99).code == .success)
    #expect(await world.context.leases.sessions == [10_000: 1])
    #expect(try await world.converse(.closeSession, as: 10_000, service: "login", pid: 20).code == .success)
    #expect(await world.context.leases.sessions.isEmpty)
  }

  @Test("logind's word counts sessions from before a restart, and tokens outlast a job that ends meanwhile")
  func restart() async throws {
    let world = try await world()
    let user = "CLASS=user\nSTATE=active"
    try world.logind.says(10_000, ["3": "LEADER=20\n\(user)", "4": "LEADER=30\nCLASS=background\nSTATE=active"])
    #expect(await world.context.leases.sessions == [10_000: 2])
    // The job was opened before the daemon started; what is closed is not among what it knows.
    _ = try await world.converse(.openSession, pid: 40)
    _ = try await world.converse(.closeSession, service: "cron", pid: 30)
    _ = try await world.converse(.closeSession, pid: 40)
    await sweep(world)
    #expect(world.pool.revoked.isEmpty)
    try world.logind.says(10_000, [:])
    await sweep(world)
    #expect(world.pool.revoked == ["refresh.alice.1"])
  }

  @Test("a session that logind still lists is over when the process that leads it closes it")
  func leader() async throws {
    let world = try await world()
    _ = try await world.converse(.openSession, pid: 20)
    try world.logind.says(10_000, ["3": "LEADER=20\nCLASS=user"])
    #expect(await world.context.leases.sessions == [10_000: 1])
    _ = try await world.converse(.closeSession, pid: 20)
    #expect(world.pool.revoked == ["refresh.alice.1"])
  }

  @Test(
    "neither lingering, nor a greeter, nor what a session left running holds tokens",
    arguments: ["CLASS=manager", "CLASS=manager-early", "CLASS=greeter", "CLASS=lock-screen", "closing", "lingering"])
  func nobodyThere(what: String) async throws {
    let world = try await world()
    _ = try await world.converse(.openSession, pid: 20)
    switch what {
    case "lingering": try world.logind.says(10_000, [:])
    case "closing": try world.logind.says(10_000, ["3": "LEADER=20\nCLASS=user\nSTATE=closing"], closing: ["3"])
    default: try world.logind.says(10_000, ["3": "LEADER=21\n\(what)"])
    }
    world.processes.end(20)
    #expect(await world.context.leases.sessions.isEmpty)
    await sweep(world)
    #expect(world.pool.revoked == ["refresh.alice.1"])
  }

  @Test("su opens no session at logind, and holds tokens all the same")
  func su() async throws {
    let world = try World()
    world.pool.add("alice", .init(password: "right"))
    try await world.know("alice")
    try world.logind.says(1000, ["1": "LEADER=10\nCLASS=user"])
    _ = try await world.converse(.authenticate, service: "su-l", ScriptedPrompter("right"))
    _ = try await world.converse(.openSession, service: "su-l", pid: 20)
    await sweep(world)
    #expect(world.pool.revoked.isEmpty)
    _ = try await world.converse(.closeSession, service: "su-l", pid: 20)
    #expect(world.pool.revoked == ["refresh.alice.1"])
  }

  @Test("where no logind counts, tokens end after half a day at the latest; where it does, with the session")
  func clock() async throws {
    for counted in [false, true] {
      let world = try await world()
      _ = try await world.converse(.openSession, pid: 20)
      if counted { try world.logind.says(10_000, ["3": "LEADER=20\nCLASS=user"]) }
      world.clock.advance(12 * 3600 + 1)
      await sweep(world)
      #expect(world.pool.revoked == (counted ? [] : ["refresh.alice.1"]))
    }
  }

  @Test("the status counts sessions of people of the pool, not the machine's others")
  func status() async throws {
    let world = try await world()
    try world.logind.says(10_000, ["3": "LEADER=20\nCLASS=user", "5": "LEADER=21\nCLASS=user"])
    try world.logind.says(1000, ["1": "LEADER=10\nCLASS=user"])
    let report = await StatusReport(context: world.context).json
    #expect(report["open_sessions"]?.int == 2 && report["waiting_for_collection"]?.int == 1)
  }
}

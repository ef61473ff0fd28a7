import Cognito
import LoginProtocol
import LoginService
import Testing

@Suite("What root says about an account")
struct RootsWordTests {
  private func ask(_ world: World, _ message: LoginMessage, as uid: UInt32 = 0) async throws -> LoginMessage? {
    try await connected(to: world.server(), as: uid) { try await $0.request(message) }
  }

  private func signIn(_ world: World, _ name: String = "ada") async throws -> Outcome.Code {
    try await world.converse(.authenticate, of: name, ScriptedPrompter("right")).code
  }

  private func known() async throws -> World {
    let world = try World()
    world.pool.add("ada", .init(password: "right", subject: "s"))
    try await world.know("ada")
    #expect(try await signIn(world) == .success)
    return world
  }

  @Test("a locked account is let in by no hook, has a locked record and no tokens, until it is unlocked")
  func lock() async throws {
    let world = try await known()
    #expect(world.record("ada.user")?["locked"] == nil)
    #expect(try await ask(world, .loginLock(login("ada"))) == .done)
    #expect(world.record("ada.user")?["locked"] == true)
    #expect(await world.context.leases.count == 0 && world.pool.revoked == ["refresh.ada.1"])
    let terminal = ScriptedPrompter("right")
    #expect(try await world.converse(.authenticate, of: "ada", terminal).code == .notPermitted)
    #expect(terminal.warnings == ["Your account is locked on this machine. Ask your administrator."])
    #expect(try await world.converse(.account, of: "ada").code == .notPermitted)
    #expect(try await ask(world, .loginUnlock(login("ada"))) == .done)
    #expect(world.record("ada.user")?["locked"] == nil)
    #expect(try await signIn(world) == .success)
    #expect(try await world.converse(.account, of: "ada").code == .success)
  }

  @Test("a forgotten account keeps its uid, lets nobody in by key, and is the next person's who is meant by the name")
  func forget() async throws {
    let world = try await known()
    let uid = try await world.context.accounts.find(login("ada"))?.id
    world.pool.add("ada", .init(password: "right", subject: "t"))
    #expect(try await signIn(world) == .notPermitted)
    #expect(try await ask(world, .loginForget(login("ada"))) == .done)
    #expect(world.record("ada.user")?["locked"] == true)
    #expect(try await world.converse(.account, of: "ada").code == .notPermitted)
    #expect(try await signIn(world) == .success)
    let account = try await world.context.accounts.find(login("ada"))
    #expect(account?.subject == "t" && account?.id == uid)
  }

  @Test("what a forgotten account gave its processes, the next person can't use in sudo")
  func forgottenGroups() async throws {
    let world = try World("allow_groups = staff\ngroup_map = admins:operators")
    world.pool.add("ada", .init(password: "right", subject: "s", groups: ["staff", "admins"]))
    try await world.know("ada")
    #expect(try await signIn(world) == .success)
    #expect(try await ask(world, .loginForget(login("ada"))) == .done)
    world.pool.add("ada", .init(password: "right", subject: "t"))
    #expect(try await signIn(world) == .success)
    let sudo = try await world.converse(.authenticate, of: "ada", service: "sudo", ScriptedPrompter("right")).code
    #expect(sudo == .notPermitted)
  }

  @Test("sessions: whose are open, and whose tokens nobody collected")
  func sessions() async throws {
    let world = try await known()
    world.clock.advance(7)
    let uid = Int64(try #require(try await world.context.accounts.find(login("ada"))).id.number)
    guard case .report(let document) = try await ask(world, .loginSessions) else { return #expect(Bool(false)) }
    let expected: JSONValue = [
      "sessions": [
        [
          "name": "ada", "uid": .int(uid), "open": 0, "waits_for_collection": true, "service": "sshd", "seconds": 7,
        ]
      ], "left_out": 0,
    ]
    #expect(try JSONValue.parse(Array(document.utf8)) == expected)
  }

  @Test("only root says it, and only about who is known")
  func others() async throws {
    let world = try await known()
    for message in [LoginMessage.loginLock(try login("ada")), .loginForget(try login("ada")), .loginSessions] {
      guard case .refused(let refusal) = try await ask(world, message, as: 10_000) else { return #expect(Bool(false)) }
      #expect(refusal.code == .notPermitted)
    }
    for message in [LoginMessage.loginLock(try login("eve")), .loginForget(try login("eve"))] {
      guard case .refused(let refusal) = try await ask(world, message) else { return #expect(Bool(false)) }
      #expect(refusal.code == .unknownName)
    }
    #expect(try await signIn(world) == .success)
  }

  private func rehearse(_ world: World, _ name: String, _ terminal: ScriptedPrompter) async throws -> Outcome.Code {
    try await Conversation.rehearse(
      login(name), service: "sudo", peer: Peer(pid: 1, uid: 0, gid: 0), context: world.context, terminal: terminal
    ).code
  }

  @Test("test-login says each step and leaves nothing: no lease, no binding, no sign-in")
  func rehearsal() async throws {
    let world = try World("allow_groups = staff\ngroup_map = staff:operators\n[service sudo]\ngroups = admins")
    try await world.know("ada")
    world.pool.add("ada", .init(password: "right", subject: "s", groups: ["staff", "admins"], claims: ["acr": "two"]))
    let terminal = ScriptedPrompter("right")
    #expect(try await rehearse(world, "ada", terminal) == .success)
    #expect(
      terminal.told == [
        "The pool is asked for ada.",
        "The pool signed ada in (sub s), in admins, staff. Level: two.",
        "ada would be let in, with operators. Nothing is kept of this sign-in.",
      ])
    let account = try await world.context.accounts.find(login("ada"))
    #expect(account?.subject == nil && account?.lastSignIn == nil)
    #expect(await world.context.leases.count == 0)
    try await eventually { world.pool.revoked == ["refresh.ada.1"] }
  }

  @Test("test-login says why not, as to root: unknown names, wrong passwords, somebody else, groups, locks")
  func rehearsedRefusals() async throws {
    let world = try World("allow_groups = staff\n[service sudo]\ngroups = admins")
    let unknown = ScriptedPrompter()
    #expect(try await rehearse(world, "ada", unknown) == .unknownUser)
    #expect(unknown.warnings.first?.contains("isn't known") == true)
    try await world.know("ada")
    world.pool.add("ada", .init(password: "right", subject: "s"))
    let wrong = ScriptedPrompter("wrong")
    #expect(try await rehearse(world, "ada", wrong) == .denied)
    #expect(wrong.warnings.count == 2 && wrong.warnings.last?.hasPrefix("The reason: ") == true)
    let group = ScriptedPrompter("right")
    #expect(try await rehearse(world, "ada", group) == .notPermitted)
    #expect(group.warnings == ["Your account isn't allowed to do this on this machine. Ask your administrator."])
    world.pool.add("ada", .init(password: "right", subject: "s", groups: ["staff", "admins"], username: "eve"))
    #expect(try await rehearse(world, "ada", ScriptedPrompter("right")) == .denied)
  }

  @Test("test-login changes no password: where a new one is wanted, it ends")
  func rehearsedChange() async throws {
    let world = try World()
    try await world.know("ada")
    world.pool.add("ada", .init(password: "right", isTemporary: true))
    let terminal = ScriptedPrompter("right", "another-2")
    #expect(try await rehearse(world, "ada", terminal) == .success)
    #expect(terminal.kinds == [.password] && terminal.told.last?.contains("changes nothing") == true)
    #expect(world.pool.password(of: "ada") == "right")
  }
}

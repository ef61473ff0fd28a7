import Cognito
import LoginProtocol
import LoginService
import Testing

@Suite("Account, session and who may ask")
struct OtherHooksTests {
  @Test("the account hook knows people by their last sign-in, with no password at hand")
  func account() async throws {
    let world = try World()
    #expect(try await world.converse(.account).code == .unknownUser)
    world.pool.add("alice", .init(password: "right"))
    try await world.know("alice")
    // Nobody has proved yet to be in an allowed group.
    #expect(try await world.converse(.account).code == .notPermitted)
    _ = try await world.converse(.authenticate, ScriptedPrompter("right"))
    #expect(try await world.converse(.account).code == .success)
  }

  @Test("somebody whom the pool disabled is refused by the account hook until the pool takes them again")
  func disabled() async throws {
    let world = try World()
    world.pool.add("alice", .init(password: "right"))
    try await world.know("alice")
    _ = try await world.converse(.authenticate, ScriptedPrompter("right"))
    world.pool.fail(signIn: CognitoError(.userDisabled, "User is disabled."))
    _ = try await world.converse(.authenticate, ScriptedPrompter("right"))
    #expect(try await world.converse(.account).code == .expired)
    world.pool.fail(signIn: nil)
    _ = try await world.converse(.authenticate, ScriptedPrompter("right"))
    #expect(try await world.converse(.account).code == .success)
  }

  @Test("the last session that ends takes uncollected tokens with it, and ends them")
  func sessions() async throws {
    let world = try World()
    world.pool.add("alice", .init(password: "right"))
    try await world.know("alice")
    _ = try await world.converse(.authenticate, ScriptedPrompter("right"))
    for _ in 0..<2 { #expect(try await world.converse(.openSession).code == .success) }
    #expect(try await world.converse(.closeSession).code == .success)
    #expect(await world.context.leases.count == 1)
    #expect(try await world.converse(.closeSession).code == .success)
    #expect(await world.context.leases.count == 0 && world.pool.revoked == ["refresh.alice.1"])
    #expect(try await world.converse(.openSession, of: "mallory").code == .unknownUser)
  }

  @Test(
    "himmelblau GHSA-x259, SSSD CVE-2018-10852: a uid may ask about itself alone, and never open a session",
    arguments: LoginProtocol.Hook.allCases)
  func authorisation(operation: LoginProtocol.Hook) async throws {
    let world = try World("allow_groups = *")
    for name in ["alice", "bob"] {
      world.pool.add(name, .init(password: "right", subject: "s-\(name)"))
      try await world.know(name)
    }
    // Somebody who never signed in may do nothing.
    _ = try await world.converse(.authenticate, of: "alice", ScriptedPrompter("right"))
    let own = try await world.converse(operation, of: "alice", as: 10_000, ScriptedPrompter("right", "long enough"))
    #expect((own.code == .success) == (operation != .openSession))
    // Somebody else, nobody, a local user: the same answer, before any prompt.
    for name in ["bob", "mallory", "lovelace", "root"] {
      let terminal = ScriptedPrompter("right")
      let other = try await world.converse(operation, of: name, as: 10_000, terminal)
      #expect(other.code == .notPermitted && terminal.prompts.isEmpty)
    }
    #expect(try await world.converse(operation, of: "alice", as: 65_534).code == .notPermitted)
  }
}

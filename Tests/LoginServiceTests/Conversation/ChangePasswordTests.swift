import Cognito
import LoginProtocol
import LoginService
import Testing

@Suite("Changing the password")
struct ChangePasswordTests {
  func world() async throws -> World {
    let world = try World()
    world.pool.add("alice", .init(password: "old password"))
    try await world.know("alice")
    return world
  }

  @Test("checked first, then changed with the ticket, without asking for the old password again")
  func twoHalves() async throws {
    let world = try await world()
    let check = try await world.converse(.changeCheck, as: 10_000, ScriptedPrompter("old password"))
    #expect(check.code == .success)
    let terminal = ScriptedPrompter("new password")
    let change = try await world.converse(.changeUpdate, as: 10_000, ticket: check.ticket, terminal)
    #expect(change == Outcome(operation: .changeUpdate, user: try login("alice"), code: .success))
    #expect(terminal.kinds == [.newPassword] && world.pool.password(of: "alice") == "new password")
    try await eventually { world.pool.revoked.count == 1 }
    #expect(await world.context.leases.count == 0)
  }

  @Test("the second half alone checks by itself")
  func withoutTicket() async throws {
    let world = try await world()
    let wrong = try await world.converse(.changeUpdate, as: 10_000, ScriptedPrompter("wrong", "new password"))
    #expect(wrong.code == .denied)
    let right = ScriptedPrompter("old password", "new password")
    #expect(try await world.converse(.changeUpdate, as: 10_000, right).code == .success)
    #expect(right.kinds == [.currentPassword, .newPassword])
  }

  @Test("a ticket is good once, for its name, its uid and a few minutes; else the password is asked for")
  func tickets() async throws {
    let world = try await world()
    world.pool.add("bob", .init(password: "bobs password", subject: "s-bob"))
    try await world.know("bob")
    func ticket() async throws -> SecretBytes? {
      try await world.converse(.changeCheck, as: 10_000, ScriptedPrompter("old password")).ticket
    }
    let first = try #require(try await ticket())
    let thief = ScriptedPrompter("guess", "new password")
    #expect(try await world.converse(.changeUpdate, of: "bob", as: 10_001, ticket: first, thief).code == .denied)
    #expect(thief.kinds == [.currentPassword])
    // Taken by the attempt.
    let again = ScriptedPrompter("old password", "new password")
    _ = try await world.converse(.changeUpdate, as: 10_000, ticket: first, again)
    #expect(again.kinds == [.currentPassword, .newPassword])
    world.pool.add("alice", .init(password: "old password"))
    let late = try #require(try await ticket())
    world.clock.advance(301)
    let slow = ScriptedPrompter("old password", "new password")
    _ = try await world.converse(.changeUpdate, as: 10_000, ticket: late, slow)
    #expect(slow.kinds == [.currentPassword, .newPassword])
  }

  @Test("root can't change a password of the pool without knowing it")
  func root() async throws {
    let world = try await world()
    #expect(try await world.converse(.changeUpdate, as: 0, ScriptedPrompter("x", "new password")).code == .denied)
    #expect(world.pool.password(of: "alice") == "old password")
  }

  @Test("what the pool says of the new password is shown, and another may be tried three times")
  func policy() async throws {
    let world = try await world()
    let terminal = ScriptedPrompter("old password", "short", "old password", "brief", "never asked")
    #expect(try await world.converse(.changeUpdate, as: 10_000, terminal).code == .passwordRefused)
    #expect(terminal.kinds == [.currentPassword, .newPassword, .newPassword, .newPassword])
    #expect(terminal.warnings[0].hasPrefix("Password not long enough"))
    #expect(terminal.warnings[1].hasPrefix("The new password is the current one."))
  }

  @Test("a pool that isn't there is told in the first half, as a thing of the moment")
  func unreachable() async throws {
    let world = try await world()
    world.pool.fail(signIn: CognitoError(.network, "no"))
    #expect(try await world.converse(.changeCheck, as: 10_000, ScriptedPrompter("old password")).code == .tryAgain)
    world.pool.fail(signIn: nil)
    world.pool.fail(change: CognitoError(.timeout, "no"))
    let terminal = ScriptedPrompter("old password", "new password")
    #expect(try await world.converse(.changeUpdate, as: 10_000, terminal).code == .unavailable)
  }

  @Test("only if expired: nothing is asked, since a temporary password is replaced while signing in")
  func onlyIfExpired() async throws {
    let world = try await world()
    for operation in [LoginProtocol.Hook.changeCheck, .changeUpdate] {
      let terminal = ScriptedPrompter()
      let result = try await world.converse(operation, as: 10_000, flags: .onlyIfExpired, terminal)
      #expect(result.code == .success && terminal.prompts.isEmpty)
    }
  }

  @Test("nobody changes the password of somebody else who got the name")
  func anotherPerson() async throws {
    let world = try await world()
    _ = try await world.converse(.authenticate, ScriptedPrompter("old password"))
    world.pool.add("alice", .init(password: "old password", subject: "other"))
    #expect(try await world.converse(.changeCheck, ScriptedPrompter("old password")).code == .notPermitted)
  }
}

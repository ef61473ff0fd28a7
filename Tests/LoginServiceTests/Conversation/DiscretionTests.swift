import Cognito
import LoginProtocol
import LoginService
import Testing

@Suite("What somebody learns who may be anybody")
struct DiscretionTests {
  /// All that a conversation shows to who signs in by `rhost`, or by `su` as the user `caller`.
  func shown(
    _ world: World, _ name: String, rhost: String? = "192.0.2.7", caller: UInt32 = 0, _ answers: ScriptedPrompter
  ) async throws -> [String] {
    let begin = Begin(
      operation: .authenticate, user: try login(name), service: "sshd", rhost: rhost, caller: caller)
    let root = Peer(pid: 1, uid: 0, gid: 0)
    let ending = try await Conversation(begin, peer: root, context: world.context, terminal: answers).run()
    // sshd shows that it was told so.
    #expect(rhost == nil || ending.outcome.code != .maxTries)
    return answers.prompts.map(\.text) + answers.told + answers.warnings
  }

  @Test("login-security 11: wrong, waiting, disabled, unreachable and unknown read the same")
  func same() async throws {
    let world = try World()
    world.pool.add("alice", .init(password: "right"))
    try await world.know("alice")
    var seen: [[String]] = [try await shown(world, "nobody-here", ScriptedPrompter("right"))]
    for code in [CognitoError.Code.notAuthorized, .userDisabled, .userNotConfirmed, .passwordResetRequired, .network] {
      world.pool.fail(signIn: CognitoError(code, "internal words"))
      seen.append(try await shown(world, "alice", ScriptedPrompter("right")))
    }
    for _ in 0..<5 { seen.append(try await shown(world, "alice", ScriptedPrompter("wrong"))) }
    world.pool.fail(signIn: nil)
    seen.append(try await shown(world, "alice", ScriptedPrompter("right")))
    #expect(Set(seen) == [["Password: "]])
  }

  @Test("who is on this machine already is told why")
  func onThisMachine() async throws {
    let world = try World()
    try await world.know("alice")
    let seen = try await shown(world, "alice", rhost: nil, caller: 1000, ScriptedPrompter("wrong"))
    #expect(seen.count == 2 && seen[1].contains("is wrong"))
    #expect(try await shown(world, "nobody-here", rhost: nil, caller: 1000, ScriptedPrompter("x")).isEmpty)
  }

  @Test("after the right password everything is said")
  func afterwards() async throws {
    let world = try World()
    world.pool.add("alice", .init(password: "right", groups: ["others"]))
    try await world.know("alice")
    let seen = try await shown(world, "alice", ScriptedPrompter("right"))
    #expect(seen.count == 2 && seen[1].contains("isn't allowed to sign in on this machine"))
  }

  @Test("login-security 8: where the person has signed in before, a short lock of the pool's is waited out")
  func lock() async throws {
    let world = try World()
    world.pool.add("alice", .init(password: "right"))
    try await world.know("alice")
    let locked = CognitoError(.passwordAttemptsExceeded, "Password attempts exceeded")
    world.pool.fail(signIn: locked)
    _ = try await shown(world, "alice", ScriptedPrompter("right"))
    #expect(world.pool.signIns == 1)
    world.pool.fail(signIn: nil)
    _ = try await shown(world, "alice", ScriptedPrompter("right"))
    world.pool.fail(signIn: locked)
    _ = try await shown(world, "alice", ScriptedPrompter("right"))
    #expect(world.pool.signIns == 2 + 3)
  }
}

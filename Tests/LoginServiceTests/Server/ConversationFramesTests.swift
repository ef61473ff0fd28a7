import Cognito
import LoginProtocol
import LoginService
import Testing

@Suite("A conversation over a socket")
struct ConversationFramesTests {
  func world() async throws -> World {
    let world = try World()
    world.pool.add("alice", .init(password: "right"))
    try await world.know("alice")
    return world
  }

  var begin: LoginMessage {
    get throws { .begin(Begin(operation: .authenticate, user: try login("alice"), service: "su", caller: 1000)) }
  }

  @Test("begin, prompt, answer, result; then the daemon hangs up")
  func whole() async throws {
    let world = try await world()
    try await connected(to: world.server(), as: 0, receiver: .module) { module async throws in
      #expect(try await module.request(begin) == .prompt(Prompt(.password, "Password: ")))
      let result = try await module.request(.answer(SecretBytes(utf8: "right")))
      #expect(result == .result(try outcome(.success, .authenticate)))
      #expect(try await module.receive() == nil)
    }
  }

  @Test("a wrong password is an error for the person, then one result")
  func wrong() async throws {
    let world = try await world()
    try await connected(to: world.server(), as: 0, receiver: .module) { module async throws in
      _ = try await module.request(begin)
      guard case .error = try await module.request(.answer(SecretBytes(utf8: "wrong"))) else {
        Issue.record("no error message")
        return
      }
      #expect(try await module.receive() == .result(try outcome(.denied, .authenticate)))
      #expect(try await module.receive() == nil)
    }
  }

  @Test("cancelled, or hung up: no result, and nothing is kept")
  func cancelled() async throws {
    let world = try await world()
    try await connected(to: world.server(), as: 0, receiver: .module) { module async throws in
      _ = try await module.request(begin)
      #expect(try await module.request(.cancel) == nil)
    }
    try await connected(to: world.server(), as: 0, receiver: .module) { module async throws in
      _ = try await module.request(begin)
    }
    #expect(world.pool.signIns == 0)
    #expect(await world.context.leases.count == 0)
  }

  @Test("a login that can't be told of its success leaves no tokens behind")
  func undelivered() async throws {
    let world = try await world()
    try await connected(to: world.server(), as: 0, receiver: .module) { module async throws in
      _ = try await module.request(begin)
      try await module.send(.answer(SecretBytes(utf8: "right")))
      try await module.close()
    }
    // Either the result came too late, or it was still taken by the kernel: then the lease stays for its owner.
    if await world.context.leases.count == 0, world.pool.signIns == 1 {
      try await eventually { world.pool.revoked == ["refresh.alice.1"] }
    }
  }

  @Test("what doesn't belong where it comes ends the connection without a result")
  func outOfTurn() async throws {
    let world = try await world()
    for message in [LoginMessage.collect, try begin] {
      try await connected(to: world.server(), as: 0, receiver: .module) { module async throws in
        _ = try await module.request(begin)
        #expect(try await module.request(message) == nil)
      }
    }
    try await connected(to: world.server(), as: 0) { client async throws in
      guard case .refused(let refusal) = try await client.request(.cancel) else {
        Issue.record("not refused")
        return
      }
      #expect(refusal.code == .outOfTurn)
      #expect(try await client.receive() == nil)
    }
    #expect(await world.context.leases.count == 0)
  }

  @Test(
    "SSSD CVE-2026-68743, linux-pam CVE-2015-3238: frames that break a rule end the connection",
    arguments: [
      [0, 0, 0, 0], [0xff, 0xff, 0xff, 0xff], [0, 0, 0x40, 1], [0, 0, 0, 1, 0x99], [0, 0, 0, 1, 0x21],
      // BEGIN without fields; ANSWER of 1025 bytes; a name with a newline; uid in place of a name.
      [0, 0, 0, 1, 1], [0, 0, 4, 5, 2, 10, 4, 1] + [UInt8](repeating: 65, count: 1025),
      [0, 0, 0, 6, 0x51, 3, 0, 2, 97, 10], [0, 0, 0, 7, 0x51, 3, 0, 3, 48, 48, 48],
    ] as [[UInt8]])
  func broken(bytes: [UInt8]) async throws {
    let world = try await world()
    try await connected(to: world.server(), as: 0) { client async throws in
      try await client.send(bytes: bytes)
      #expect(try await client.receive() == nil)
    }
    #expect(world.log.text.contains("break the protocol"))
    #expect(world.pool.signIns == 0)
  }

  @Test("a frame may come byte by byte, and two at once")
  func pieces() async throws {
    let world = try await world()
    try await connected(to: world.server(), as: 0, receiver: .module) { module async throws in
      for byte in try FrameEncoder.encode(begin) { try await module.send(bytes: [byte]) }
      guard case .prompt = try await module.receive() else {
        Issue.record("no prompt")
        return
      }
    }
    try await connected(to: world.server(), as: 0, receiver: .module) { module async throws in
      let answer = LoginMessage.answer(SecretBytes(utf8: "right"))
      try await module.send(bytes: FrameEncoder.encode(begin) + FrameEncoder.encode(answer))
      _ = try await module.receive()
      #expect(try await module.receive() == .result(try outcome(.success, .authenticate)))
    }
  }
}

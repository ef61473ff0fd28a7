import Cognito
import LoginProtocol
import LoginService
import Testing

@Suite("Limits")
struct LimitsTests {
  @Test("who says nothing, or stops in the middle of a frame, is cut off")
  func silent() async throws {
    let world = try World()
    var limits = ConnectionLimits()
    limits.greeting = .milliseconds(50)
    for bytes in [[], [0, 0, 0]] as [[UInt8]] {
      try await connected(to: world.server(limits), as: 0) { client async throws in
        try await client.send(bytes: bytes)
        #expect(try await client.receive() == nil)
      }
    }
  }

  @Test("a prompt is not open forever, nor a collector's connection")
  func slow() async throws {
    let world = try World()
    try await world.know("alice")
    var limits = ConnectionLimits()
    limits.answer = .milliseconds(50)
    limits.request = .milliseconds(50)
    try await connected(to: world.server(limits), as: 0, receiver: .module) { module async throws in
      try await module.send(.begin(Begin(operation: .authenticate, user: login("alice"), service: "sshd")))
      _ = try await module.receive()
      #expect(try await module.receive() == nil)
    }
    try await connected(to: world.server(limits), as: 7) { client async throws in
      #expect(try await client.request(.collect) == .nothing)
      #expect(try await client.receive() == nil)
    }
  }

  @Test("a connection has an end, however busy it is")
  func total() async throws {
    let world = try World()
    var limits = ConnectionLimits()
    limits.total = .milliseconds(100)
    try await connected(to: world.server(limits), as: 7) { client async throws in
      while true {
        // The write itself fails once the daemon has hung up.
        guard (try? await client.send(.collect)) != nil, try await client.receive() != nil else { break }
      }
    }
  }

  @Test("a client may send only so many frames")
  func frames() async throws {
    let world = try World()
    var limits = ConnectionLimits()
    limits.frames = 3
    try await connected(to: world.server(limits), as: 7) { client async throws in
      for _ in 0..<3 { #expect(try await client.request(.collect) == .nothing) }
      #expect(try await client.receive() == nil)
    }
  }

  @Test("a client that stops reading is cut off, and others are served meanwhile")
  func deaf() async throws {
    let world = try World()
    for index in 0..<300 { _ = try await world.context.accounts.add(login("user-with-a-long-name-\(index)")) }
    var limits = ConnectionLimits()
    limits.write = .milliseconds(300)
    limits.frames = 10_000
    let server = world.server(limits)
    let started = ContinuousClock.now
    try await connected(to: server, as: 0) { deaf async throws in
      try await deaf.stopReading()
      async let other = connected(to: server, as: 7) { try await $0.request(.collect) }
      // Ask until the daemon's answers fill the socket and it gives up.
      while (try? await deaf.send(.loginList(after: nil))) != nil {}
      #expect(try await other == .nothing)
    }
    #expect(ContinuousClock.now - started < .seconds(20))
  }

  @Test("one uid can't take all connections, ordinary uids can't take root's, and a full daemon refuses")
  func connections() async throws {
    let world = try World()
    var limits = ConnectionLimits()
    (limits.connections, limits.ordinary, limits.perUID) = (4, 3, 2)
    let server = world.server(limits)
    func served(_ uid: UInt32, _ inside: () async throws -> Void = {}) async throws -> Bool {
      try await connected(to: server, as: uid) { client async throws in
        guard (try? await client.send(.collect)) != nil, try await client.receive() == .nothing else { return false }
        try await inside()
        return true
      }
    }
    var seen: [Bool] = []
    _ = try await served(7) {
      _ = try await served(7) {
        seen.append(try await served(7))
        _ = try await served(8) {
          seen.append(try await served(9))
          _ = try await served(0) { seen.append(try await served(0)) }
        }
      }
    }
    #expect(seen == [false, false, false])
    #expect(try await served(7) && server.connectionCount == 0)
  }
}

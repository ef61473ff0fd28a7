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
        // On a busy machine the end may be there before the bytes are.
        try? await client.send(bytes: bytes)
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

  /// Begins a hook and stays in it; `inside` runs meanwhile.
  func asking(
    _ server: LoginServer, _ name: String = "alice", hook: LoginProtocol.Hook = .authenticate, as uid: UInt32 = 0,
    caller: UInt32 = 0, rhost: String? = nil, _ inside: () async throws -> Void = {}
  ) async throws -> LoginMessage? {
    try await connected(to: server, as: uid, receiver: .module) { module async throws in
      let begin = Begin(operation: hook, user: try login(name), service: "su", rhost: rhost, caller: caller)
      guard (try? await module.send(.begin(begin))) != nil else { return nil }
      let answer = try await module.receive()
      try await inside()
      return answer
    }
  }

  @Test("one uid can't take all connections, ordinary uids can't take root's, and a full daemon refuses")
  func connections() async throws {
    let world = try World()
    var limits = ConnectionLimits.patient
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

  @Test("login-security 3: who starts many su shuts out nobody but themselves, though su speaks as root")
  func byCaller() async throws {
    let world = try World()
    for name in ["alice", "bob"] { try await world.know(name) }
    var limits = ConnectionLimits.patient
    limits.localPeople = .init(all: 3, each: 2)
    limits.remotePeople = .init(all: 2, each: 1)
    let server = world.server(limits)
    let prompt = LoginMessage.prompt(Prompt(.password, "Password: "))
    let refused = LoginMessage.result(Outcome(operation: .authenticate, user: try login("alice"), code: .unavailable))
    var seen: [LoginMessage?] = []
    let first = try await asking(server, caller: 65534) {
      let second = try await asking(server, caller: 65534) {
        seen.append(try await asking(server, caller: 65534))
        // Somebody else, from here and from elsewhere, a console, and what waits for nobody.
        let other = try await asking(server, caller: 1000) {
          seen.append(try await asking(server, caller: 1001))
        }
        let remote = try await asking(server, rhost: "192.0.2.7") {
          seen.append(try await asking(server, rhost: "192.0.2.7"))
          seen.append(try await asking(server, rhost: "192.0.2.8"))
        }
        seen += [other, remote, try await asking(server)]
        seen.append(try await asking(server, hook: .openSession, caller: 65534))
        seen.append(try await connected(to: server, as: 0) { try await $0.request(.collect) })
      }
      seen.append(second)
    }
    let opened = LoginMessage.result(Outcome(operation: .openSession, user: try login("alice"), code: .success))
    #expect(seen == [refused, refused, refused, prompt, prompt, prompt, prompt, opened, .nothing, prompt])
    #expect(first == prompt)
    #expect(try await asking(server, caller: 65534) == prompt)
    #expect(server.connectionCount == 0)
    #expect(world.log.text.contains("too many conversations by=\"uid 65534\""))
  }

  @Test("what somebody else than root says of its caller or its host changes nothing")
  func claimedCaller() async throws {
    let world = try World()
    let uid = try await world.know("alice")
    for _ in 0..<5 {
      let begin = Begin(
        operation: .authenticate, user: try login("alice"), service: "locker", rhost: "203.0.113.9", caller: 4711)
      let peer = Peer(pid: 1, uid: uid, gid: uid)
      _ = try await Conversation(begin, peer: peer, context: world.context, terminal: ScriptedPrompter("wrong")).run()
    }
    let begin = Begin(operation: .authenticate, user: try login("alice"), service: "su", caller: uid)
    #expect(Origin(begin, from: Peer(pid: 1, uid: 0, gid: 0)) == .local(uid))
    #expect(try await world.context.attempts.begin(Attempt(login("alice"), from: .local(uid))) == .wait(1))
    #expect(!world.log.text.contains("203.0.113.9") && world.log.text.contains("claimed-service=\"locker\""))
  }

  @Test("root's connections that say nothing make room for those that speak")
  func silentOnes() async throws {
    let world = try World()
    var limits = ConnectionLimits.patient
    limits.silent = 2
    let server = world.server(limits)
    try await connected(to: server, as: 0) { oldest async throws in
      try await eventually { server.connectionCount == 1 }
      try await connected(to: server, as: 0) { _ async throws in
        try await eventually { server.connectionCount == 2 }
        #expect(try await connected(to: server, as: 0) { try await $0.request(.status) } != nil)
        #expect(try await oldest.receive() == nil)
      }
    }
  }

  @Test("an IPv6 host is its network, an IPv4 host in IPv6's clothes is itself")
  func networks() throws {
    func origin(_ rhost: String) throws -> Origin {
      let begin = Begin(operation: .account, user: try login("alice"), service: "sshd", rhost: rhost, caller: 0)
      return Origin(begin, from: Peer(pid: 1, uid: 0, gid: 0))
    }
    #expect(try origin("2001:db8:1:2::7") == origin("2001:0db8:1:2:ffff::1"))
    #expect(try origin("2001:db8:1:2::7") != origin("2001:db8:1:3::7"))
    #expect(try origin("fe80::1%eth0") == origin("fe80::2"))
    #expect(try origin("::ffff:192.0.2.7") == origin("192.0.2.7"))
    #expect(try origin("Host.Example") == .remote("host.example"))
  }

  @Test("login-security 15: refusals are counted, not logged one by one")
  func refusals() async throws {
    let world = try World()
    try await world.know("alice")
    for _ in 0..<500 { #expect(try await world.converse(.authenticate, as: 4711).code == .notPermitted) }
    for interval in [Duration.seconds(60), .zero, .zero] { world.context.refusals.report(every: interval) }
    let lines = world.log.text.split(separator: "\n").filter { $0.contains("asked for somebody else") }
    #expect(lines.count == 2 && lines[0].contains("uid 4711") && lines[1].contains("times=\"499\""))
  }
}

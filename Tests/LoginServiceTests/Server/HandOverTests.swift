import Cognito
import LoginProtocol
import LoginService
import Testing

@Suite("Handing a login's tokens over")
struct HandOverTests {
  func world(_ login: String = "allow_groups = staff", pool: String? = nil) async throws -> (World, LoginServer) {
    let world = try World(login, poolLines: pool)
    world.pool.add("alice", .init(password: "right"))
    try await world.know("alice")
    let server = world.server()
    #expect(try await world.signIn(server)?.code == .success)
    return (world, server)
  }

  func document(_ message: LoginMessage?) throws -> (LeaseID, JSONValue) {
    guard case .lease(let id, let document) = try #require(message) else {
      throw CognitoError(.unexpectedAnswer, "\(String(describing: message))")
    }
    return (id, try JSONValue.parse(document.withBytes { Array($0) }))
  }

  @Test("the owner's collector gets all that renewing needs")
  func collect() async throws {
    let (_, server) = try await world(
      pool: "user_pool_id = eu-west-1_Test\nclient_id = client\nendpoint = http://127.0.0.1:1\nissuer = https://issuer")
    let (_, tokens) = try await connected(to: server, as: 10_000) { try document(await $0.request(.collect)) }
    #expect(tokens["refresh_token"] == "refresh.alice.1" && tokens["access_token"] == "access.alice.1")
    #expect(tokens["id_token"] == "id.alice.1" && tokens["username"] == "alice")
    #expect(tokens["user_pool_id"] == "eu-west-1_Test" && tokens["client_id"] == "client")
    #expect(tokens["endpoint"] == "http://127.0.0.1:1" && tokens["issuer"] == "https://issuer")
    #expect(tokens["region"] == "eu-west-1" && tokens["expires_at"]?.int == 2_000_000_000)
    #expect(tokens["access_expires_at"]?.int == 2_000_000_000 && tokens["id_expires_at"]?.int == 2_000_000_600)
    #expect(tokens["login_name"] == "alice" && tokens["subject"] == "sub-1")
    #expect(tokens["device_key"] == nil && tokens["owns_device"] == nil)
  }

  @Test("the device that was made for the login goes with it")
  func device() async throws {
    let world = try World()
    let device = NewDevice(key: "eu-west-1_device", groupKey: "-g")
    world.pool.add("alice", .init(password: "right", device: device))
    try await world.know("alice")
    let server = world.server()
    #expect(try await world.signIn(server)?.code == .success)
    let (_, tokens) = try await connected(to: server, as: 10_000) { try document(await $0.request(.collect)) }
    #expect(tokens["device_key"] == "eu-west-1_device" && tokens["owns_device"] == true)
  }

  @Test("a collector killed before it stored them finds the same tokens again; stored, they are forgotten")
  func killed() async throws {
    let (world, server) = try await world()
    var seen: [(LeaseID, JSONValue)] = []
    for _ in 0..<3 {
      seen.append(try await connected(to: server, as: 10_000) { try document(await $0.request(.collect)) })
    }
    #expect(seen.allSatisfy { $0 == seen[0] })
    try await connected(to: server, as: 10_000) { client async throws in
      #expect(try await client.request(.stored(seen[0].0)) == .done)
      #expect(try await client.request(.collect) == .nothing)
    }
    #expect(world.pool.revoked.isEmpty)
  }

  @Test("nobody else gets them, not even root, nor can make the daemon forget them", arguments: [0, 10_001, 65_534])
  func others(uid: UInt32) async throws {
    let (world, server) = try await world()
    let (id, _) = try await connected(to: server, as: 10_000) { try document(await $0.request(.collect)) }
    try await connected(to: server, as: uid) { client async throws in
      #expect(try await client.request(.collect) == .nothing)
      guard case .refused(let refusal) = try await client.request(.stored(id)) else {
        Issue.record("not refused")
        return
      }
      #expect(refusal.code == .unknownLease)
      #expect(try await client.request(.signOut) == .done)
    }
    #expect(await world.context.leases.count == 1)
  }

  @Test("a lease that a newer login replaced can't be confirmed any more")
  func replaced() async throws {
    let (world, server) = try await world()
    let (old, _) = try await connected(to: server, as: 10_000) { try document(await $0.request(.collect)) }
    _ = try await world.signIn(server)
    try await connected(to: server, as: 10_000) { client async throws in
      guard case .refused = try await client.request(.stored(old)) else {
        Issue.record("the newer tokens were forgotten")
        return
      }
      #expect(try document(await client.request(.collect)).1["refresh_token"] == "refresh.alice.2")
    }
  }

  @Test("signing out drops what is held, and ends it as configured", arguments: ["forget", "revoke", "global"])
  func signOut(mode: String) async throws {
    let (world, server) = try await world("allow_groups = staff\nsign_out = \(mode)")
    try await connected(to: server, as: 10_000) { client async throws in
      #expect(try await client.request(.signOut) == .done)
      #expect(try await client.request(.collect) == .nothing)
    }
    #expect(world.pool.revoked == (mode == "revoke" ? ["refresh.alice.1"] : []))
    #expect(world.pool.signedOut == (mode == "global" ? ["access.alice.1"] : []))
  }

  @Test("what no session ever came for is dropped after a while")
  func patience() async throws {
    let (world, server) = try await world()
    world.clock.advance(601)
    #expect(await world.context.leases.expired().count == 1)
    _ = try await world.signIn(server)
    _ = try await world.converse(.openSession)
    world.clock.advance(40_000)
    #expect(await world.context.leases.expired().isEmpty)
  }

  @Test("a daemon that holds too many refuses to hold more, and keeps what it has")
  func full() async throws {
    let clock = TestClock()
    let leases = Leases(clock: clock.bootClock, logind: LogindSessions("/nonexistent"), capacity: 1)
    let tokens = LoginTokens(
      idToken: Secret(utf8: "i"), accessToken: Secret(utf8: "a"), refreshToken: nil, username: "a", subject: "s",
      accessExpiresAt: 0, idExpiresAt: 0)
    #expect(await leases.put(tokens, of: try login("a"), uid: 1, service: "sshd").lease != nil)
    #expect(await leases.put(tokens, of: try login("b"), uid: 2, service: "sshd").lease == nil)
    #expect(await leases.put(tokens, of: try login("a"), uid: 1, service: "sshd").replaced != nil)
  }
}

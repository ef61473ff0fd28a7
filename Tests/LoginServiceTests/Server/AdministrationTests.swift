import Cognito
import LoginProtocol
import LoginService
import Testing

@Suite("Root's requests")
struct AdministrationTests {
  @Test("a name is made known, listed and removed")
  func lifeCycle() async throws {
    let world = try World()
    try await connected(to: world.server(), as: 0) { root async throws in
      for _ in 0..<2 {
        guard case .report(let document) = try await root.request(.loginAdd(login("alice"))) else {
          Issue.record("not added")
          return
        }
        let report = try JSONValue.parse(Array(document.utf8))
        #expect(report["added"] == "alice" && report["uid"]?.int == 10_000 && report["pool_user"] == "alice")
      }
      #expect(world.record("alice.user")?["uid"]?.int == 10_000)
      guard case .logins(let document, let more) = try await root.request(.loginList(after: nil)) else {
        Issue.record("no list")
        return
      }
      let list = try JSONValue.parse(Array(document.utf8))
      #expect(!more && list[0]?["name"] == "alice" && list[0]?["uid"]?.int == 10_000)
      #expect(try await root.request(.loginRemove(login("alice"))) == .done)
      #expect(world.records.isEmpty)
      #expect(try await root.request(.loginList(after: nil)) == .logins(document: "[]", more: false))
    }
  }

  @Test("a long list comes in pages")
  func pages() async throws {
    let world = try World()
    for index in 100..<550 { _ = try await world.context.accounts.add(login("user\(index)")) }
    try await connected(to: world.server(), as: 0) { root async throws in
      var names: [String] = []
      var after: LoginName?
      while true {
        guard case .logins(let document, let more) = try await root.request(.loginList(after: after)) else { break }
        names += try JSONValue.parse(Array(document.utf8)).array?.compactMap { $0["name"]?.string } ?? []
        after = names.last.flatMap { LoginName($0) }
        if !more { break }
      }
      #expect(names == (100..<550).map { "user\($0)" })
    }
  }

  @Test("unfit and unknown names are refused with a reason")
  func refused() async throws {
    let world = try World()
    try await connected(to: world.server(), as: 0) { root async throws in
      for name in ["lovelace", "sudo", "docker"] {
        guard case .refused(let refusal) = try await root.request(.loginAdd(login(name))) else {
          Issue.record("\(name) was taken")
          continue
        }
        #expect(refusal.code == .unfitName && refusal.text.contains(name))
      }
      guard case .refused(let refusal) = try await root.request(.loginRemove(login("alice"))) else {
        Issue.record("not refused")
        return
      }
      #expect(refusal.code == .unknownName)
    }
  }

  @Test("nobody but root may ask, whoever they are", arguments: [1, 10_000, 65_534])
  func rootOnly(uid: UInt32) async throws {
    let world = try World()
    try await world.know("alice")
    try await connected(to: world.server(), as: uid) { client async throws in
      let requests: [LoginMessage] = [
        .loginAdd(try login("bob")), .loginRemove(try login("alice")), .loginList(after: nil), .status,
      ]
      for request in requests {
        guard case .refused(let refusal) = try await client.request(request) else {
          Issue.record("\(request) was answered")
          continue
        }
        #expect(refusal.code == .notPermitted)
      }
    }
    #expect(try await world.context.accounts.list(limit: 10).map(\.name.text) == ["alice"])
  }

  @Test("removing a login drops its tokens and ends them")
  func removeWithTokens() async throws {
    let world = try World()
    world.pool.add("alice", .init(password: "right"))
    try await world.know("alice")
    let server = world.server()
    _ = try await world.signIn(server)
    try await connected(to: server, as: 0) { client async throws in
      #expect(try await client.request(.loginRemove(login("alice"))) == .done)
    }
    #expect(await world.context.leases.count == 0 && world.pool.revoked == ["refresh.alice.1"])
  }

  @Test("the state is told to root")
  func status() async throws {
    let world = try World()
    #expect(
      try await connected(to: world.server(), as: 0) { try await $0.request(.status) }
        == .report(document: #"{"logins":1}"#))
  }
}

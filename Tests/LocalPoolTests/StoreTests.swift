import FoundationEssentials
import Glibc
import LocalPool
import TestSupport
import Testing

@Suite("the pool's store")
struct StoreTests {
  let directory = TemporaryDirectory()
  let now = Date(timeIntervalSince1970: 1_800_000_000)

  func store() throws -> PoolStore { try PoolStore(directory: directory.path) }

  func pool(_ json: String = #"{"PoolName":"p"}"#) throws -> PoolRecord {
    PoolRecord(id: "local_Abc", document: try AWSDocument(json: Array(json.utf8)), createdAt: now, modifiedAt: now)
  }

  func user(_ name: String, attributes: [AttributeRecord] = []) -> UserRecord {
    UserRecord(
      poolID: "local_Abc", sub: "sub-\(name)", username: name, status: .confirmed, attributes: attributes,
      createdAt: now)
  }

  @Test("the file is readable by its owner only")
  func permissions() throws {
    let store = try store()
    try store.write { try $0.pools.insert(pool()) }
    for name in ["pool.sqlite", "pool.sqlite-wal", "pool.sqlite-shm"] {
      var status = stat()
      #expect(stat("\(directory.path)/\(name)", &status) == 0)
      #expect(status.st_mode & 0o777 == 0o600, "\(name)")
    }
  }

  @Test("a directory where others may write is refused")
  func refusesSharedDirectory() throws {
    #expect(chmod(directory.path, 0o777) == 0)
    #expect(throws: SQLiteError.self) { try store() }
  }

  @Test("a user comes back as saved, also after the file is opened again")
  func userRoundTrip() throws {
    var saved = user("alice", attributes: [AttributeRecord(name: "email", value: "a@example.com")])
    saved.password = PasswordVerifier(salt: [1, 2], verifier: [3])
    saved.passwordHistory = [PasswordVerifier(salt: [9], verifier: [8])]
    saved.mfa.softwareTokenSecret = [7, 7]
    do {
      let store = try store()
      try store.write {
        try $0.pools.insert(pool())
        _ = try $0.users.insert(saved, in: pool())
      }
    }
    let found = try store().read { try $0.users.find(username: "alice", in: pool()) }
    let alice = try #require(found)
    #expect(alice.password == saved.password)
    #expect(alice.passwordHistory == saved.passwordHistory)
    #expect(alice.mfa == saved.mfa)
    #expect(alice["email"] == "a@example.com" && alice["sub"] == "sub-alice")
    #expect(alice.createdAt == now)
  }

  @Test("a write that throws leaves nothing behind")
  func rollback() throws {
    struct Stop: Error {}
    let store = try store()
    #expect(throws: Stop.self) {
      try store.write { (transaction: Transaction<ReadWrite>) in
        try transaction.pools.insert(pool())
        throw Stop()
      }
    }
    #expect(try store.read { try $0.pools.find("local_Abc") } == nil)
  }

  @Test("a username is taken whatever its case only where the pool ignores case")
  func caseRule() throws {
    let store = try store()
    let insensitive = try pool(#"{"PoolName":"p","UsernameConfiguration":{"CaseSensitive":false}}"#)
    try store.write {
      try $0.pools.insert(insensitive)
      _ = try $0.users.insert(user("Alice"), in: insensitive)
    }
    #expect(throws: SQLiteError.self) { try store.write { _ = try $0.users.insert(user("ALICE"), in: insensitive) } }
    #expect(try store.read { try $0.users.find(username: "aLiCe", in: insensitive) }?.username == "Alice")
    #expect(try store.read { try $0.users.find(username: "aLiCe", in: pool()) } == nil)
  }

  @Test("an alias finds its owner, by the pool's rule of case, and only in a pool that has that alias")
  func aliases() throws {
    let store = try store()
    let aliased = try pool(
      #"{"PoolName":"p","AliasAttributes":["email"],"UsernameConfiguration":{"CaseSensitive":false}}"#)
    try store.write {
      try $0.pools.insert(aliased)
      let alice = try $0.users.insert(user("alice"), in: aliased)
      try $0.users.setAliases([AttributeRecord(name: "email", value: "A@example.com")], of: alice, in: aliased)
    }
    #expect(try store.read { try $0.users.find(login: "a@EXAMPLE.com", in: aliased) }?.username == "alice")
    #expect(try store.read { try $0.users.find(login: "a@example.com", in: pool()) } == nil)
  }

  @Test("ListUsers' filters: equality, beginning, and paging by row")
  func filters() throws {
    let store = try store()
    let pool = try pool()
    try store.write { transaction in
      try transaction.pools.insert(pool)
      for name in ["ann", "anna", "bob"] {
        _ = try transaction.users.insert(
          user(name, attributes: [AttributeRecord(name: "email", value: "\(name)@x.org")]), in: pool)
      }
    }
    func names(_ filter: ListUsersFilter?, after: Int64 = 0, limit: Int = 10) throws -> [String] {
      try store.read { try $0.users.list(pool: pool, filter: filter, after: after, limit: limit) }.map(\.username)
    }
    #expect(try names(nil, limit: 2) == ["ann", "anna"])
    let first = try store.read { try $0.users.list(pool: pool, limit: 2) }
    #expect(try names(nil, after: first[1].id) == ["bob"])
    #expect(try names(ListUsersFilter(field: .username, value: "ann", isPrefix: true)) == ["ann", "anna"])
    #expect(try names(ListUsersFilter(field: .username, value: "ann", isPrefix: false)) == ["ann"])
    #expect(try names(ListUsersFilter(field: .attribute("email"), value: "bob@", isPrefix: true)) == ["bob"])
    #expect(try names(ListUsersFilter(field: .status, value: "CONFIRMED", isPrefix: false)).count == 3)
    #expect(try names(ListUsersFilter(field: .enabled, value: "Disabled", isPrefix: false)).isEmpty)
  }

  @Test("an id can be used once")
  func singleUse() throws {
    let store = try store()
    #expect(try store.write { try $0.sessions.use([1], expiresAt: now) })
    #expect(try !store.write { try $0.sessions.use([1], expiresAt: now) })
  }

  @Test("a software token's time step is refused a second time, and every older one")
  func softwareTokenStep() throws {
    let store = try store()
    let alice = try store.write {
      try $0.pools.insert(pool())
      return try $0.users.insert(user("alice"), in: pool())
    }
    #expect(try store.write { try $0.users.useSoftwareTokenStep(100, of: alice.id) })
    #expect(try !store.write { try $0.users.useSoftwareTokenStep(100, of: alice.id) })
    #expect(try !store.write { try $0.users.useSoftwareTokenStep(99, of: alice.id) })
    #expect(try store.write { try $0.users.useSoftwareTokenStep(101, of: alice.id) })
  }

  @Test("attempts count within an hour and begin anew after it")
  func attempts() throws {
    let store = try store()
    let alice = try store.write {
      try $0.pools.insert(pool())
      return try $0.users.insert(user("alice"), in: pool())
    }
    func attempt(after seconds: Double) throws -> Int {
      try store.write { try $0.codes.countAttempt(user: alice.id, kind: "x", at: now.addingTimeInterval(seconds)) }
    }
    #expect(try attempt(after: 0) == 1)
    #expect(try attempt(after: 3599) == 2)
    #expect(try attempt(after: 3600) == 1)
  }

  @Test("deleting a pool deletes what is in it; deleting a user, the tokens")
  func cascades() throws {
    let store = try store()
    let token = RefreshTokenRecord(
      hash: [5], poolID: "local_Abc", clientID: "c", userID: 1, originJti: "o", deviceKey: nil, scope: "s",
      authTime: now, createdAt: now, expiresAt: now)
    try store.write {
      try $0.pools.insert(pool())
      let alice = try $0.users.insert(user("alice"), in: pool())
      #expect(alice.id == 1)
      try $0.refreshTokens.insert(token)
      try $0.users.delete(alice)
    }
    #expect(try store.read { try $0.refreshTokens.find(hash: [5]) } == nil)
    try store.write {
      _ = try $0.users.insert(user("bob"), in: pool())
      try $0.pools.delete("local_Abc")
    }
    #expect(try store.read { try $0.users.count(pool: "local_Abc") } == 0)
  }

  @Test("what has expired is dropped, what hasn't stays")
  func expiry() throws {
    let store = try store()
    let token = RefreshTokenRecord(
      hash: [5], poolID: "local_Abc", clientID: "c", userID: 1, originJti: "o", deviceKey: nil, scope: "s",
      authTime: now, createdAt: now, expiresAt: now.addingTimeInterval(10))
    try store.write {
      try $0.pools.insert(pool())
      _ = try $0.users.insert(user("alice"), in: pool())
      try $0.refreshTokens.insert(token)
      #expect(try $0.sessions.use([1], expiresAt: now))
      try $0.sessions.removeExpired(at: now.addingTimeInterval(1))
    }
    #expect(try !store.read { try $0.sessions.isUsed([1]) })
    #expect(try store.read { try $0.refreshTokens.find(hash: [5]) } != nil)
    try store.write { try $0.sessions.removeExpired(at: now.addingTimeInterval(11)) }
    #expect(try store.read { try $0.refreshTokens.find(hash: [5]) } == nil)
  }

  @Test("many threads read and write at once, and no write is lost")
  func concurrency() async throws {
    let store = try store()
    try store.write { try $0.pools.insert(pool()) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for worker in 0..<4 {
        group.addTask {
          for number in 0..<25 {
            _ = try store.write { try $0.users.insert(user("u\(worker)-\(number)"), in: pool()) }
            let found = try store.read { try $0.users.find(username: "u\(worker)-\(number)", in: pool()) }
            #expect(found != nil, "an acknowledged write is seen by the next read")
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try store.read { try $0.users.count(pool: "local_Abc") } == 100)
  }
}

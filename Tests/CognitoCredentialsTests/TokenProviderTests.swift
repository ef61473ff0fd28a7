import Cognito
import CognitoCredentials
import Glibc
import LoginProtocol
import Synchronization
import TestSupport
import Testing
import TokenCache

@Suite("from a stored session to a fresh token")
struct TokenProviderTests {
  private let profile = Profile(name: "w", userPoolID: "eu-west-1_A", clientID: "1")
  private let journal = Journal()
  private let directory = TemporaryDirectory()

  private func session(_ refresh: String, username: String = "ann") -> StoredSession {
    StoredSession(
      username: username, userPoolID: "eu-west-1_A", clientID: "1", refreshToken: Secret(utf8: refresh), signedInAt: 1)
  }

  private func provider(
    _ store: MemoryStore, _ pool: any SessionRenewing, cache: MemoryCache? = nil, daemon: FakeDaemon? = nil,
    keyring: MemoryKeyring = MemoryKeyring(), now: Int64 = 1000
  ) -> TokenProvider {
    TokenProvider(
      profile: profile, cache: cache ?? MemoryCache(journal), store: store, keyring: keyring,
      lock: CredentialLock(state: directory.path), renewer: pool, leases: daemon, now: { now })
  }

  private func lease(username: String = "ann", expiresAt: Int64 = 4600) throws -> Lease {
    Lease(
      id: try #require(LeaseID("lease-1")), session: session("leased", username: username),
      tokens: tokenSet(
        "leased-access", "leased-id", username: username, accessEnds: expiresAt, idEnds: expiresAt))
  }

  @Test("nobody signed in")
  func notSignedIn() async {
    let provider = provider(MemoryStore(nil, journal), RotatingPool(good: "r", journal))
    await #expect(throws: TokenProviderError(.notSignedIn, "")) { try await provider.token(.access) }
    #expect(journal.all.isEmpty)
  }

  @Test("a rotated refresh token is saved before a token is cached or handed out")
  func order() async throws {
    let store = MemoryStore(session("r"), journal)
    let token = try await provider(store, RotatingPool(good: "r", journal)).token(.access)
    #expect(token == CachedToken(token: "access-1", username: "ann", expiresAt: 4600))
    #expect(journal.all == ["renewal", "saved refresh-1", "cached access-1", "cached id-1"])
  }

  @Test("a cached token needs no renewal, and each kind is its own")
  func hit() async throws {
    let provider = provider(MemoryStore(session("r"), journal), RotatingPool(good: "r", journal))
    _ = try await provider.token(.access)
    #expect(try await provider.token(.access).token == "access-1")
    #expect(try await provider.token(.id).token == "id-1")
    #expect(journal.count("renewal") == 1)
  }

  @Test("many at once make one renewal, and lose no session")
  func concurrency() async throws {
    let (store, pool) = (MemoryStore(session("r"), journal), RotatingPool(good: "r", journal))
    let cache = MemoryCache(journal)
    let tokens = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<20 { group.addTask { try await provider(store, pool, cache: cache).token(.access).token } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(tokens == Array(repeating: "access-1", count: 20))
    #expect(journal.count("renewal") == 1)
    #expect(store.current?.refreshToken.revealed() == pool.good)
  }

  @Test("with no cache at all each call renews, one after the other, and no session is lost")
  func noCache() async throws {
    let (store, pool) = (MemoryStore(session("r"), journal), RotatingPool(good: "r", journal))
    let cache = MemoryCache(journal, isWorking: false)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<8 { group.addTask { _ = try await provider(store, pool, cache: cache).token(.access) } }
      try await group.waitForAll()
    }
    #expect(journal.count("renewal") == 8)
    #expect(store.current?.refreshToken.revealed() == pool.good)
  }

  @Test("a refused refresh token is not believed while the store holds a newer one")
  func rereadBeforeBelieving() async throws {
    let store = MemoryStore(session("old"), journal)
    let pool = SwappingPool(store: store, newer: session("r"), pool: RotatingPool(good: "r", journal))
    #expect(try await provider(store, pool).token(.access).token == "access-1")
    #expect(journal.count("renewal") == 2)
  }

  @Test("a session that the pool has ended stays stored, and the message says what to do")
  func ended() async throws {
    let store = MemoryStore(session("revoked"), journal)
    let provider = provider(store, RotatingPool(good: "r", journal))
    await #expect { try await provider.token(.access) } throws: { error in
      error as? TokenProviderError == TokenProviderError(.sessionEnded, "") && "\(error)".contains("cognito login")
    }
    #expect(store.current == session("revoked"))
    #expect(journal.count("renewal") == 1)
  }

  @Test("an unreachable pool loses nothing")
  func unreachable() async throws {
    let store = MemoryStore(session("r"), journal)
    let error = CognitoError(.timeout, "no answer")
    let broken = provider(store, BrokenPool(error: error))
    await #expect(throws: error) { try await broken.token(.access) }
    #expect(try await provider(store, RotatingPool(good: "r", journal)).token(.access).token == "access-1")
  }

  @Test("a rotated refresh token is kept when the tokens beside it can't be verified")
  func unverifiable() async throws {
    let (store, pool) = (MemoryStore(session("r"), journal), RotatingPool(good: "r", journal, failsVerification: true))
    let provider = provider(store, pool)
    await #expect(throws: CognitoError(.tokenNotYetValid, "")) { try await provider.token(.access) }
    #expect(store.current?.refreshToken.revealed() == pool.good)
  }

  @Test("a session of another pool or account is never used")
  func foreignSession() async {
    var foreign = session("r")
    foreign.clientID = "2"
    let provider = provider(MemoryStore(foreign, journal), RotatingPool(good: "r", journal))
    await #expect(throws: TokenProviderError(.notSignedIn, "")) { try await provider.token(.access) }
    #expect(journal.count("renewal") == 0)
  }

  @Test("a keyring that fails after the rotation: the session waits in the kernel, the next call keeps it")
  func failedSave() async throws {
    let (store, pool, keyring) = (MemoryStore(session("r"), journal), RotatingPool(good: "r", journal), MemoryKeyring())
    store.failSaves(SessionStoreError(.locked, "locked."))
    let first = provider(store, pool, keyring: keyring)
    await #expect(throws: TokenProviderError(.notSaved, "")) { try await first.token(.access) }
    #expect(store.current == session("r"))
    #expect(journal.count("cached access-1") == 0)

    store.failSaves(nil)
    #expect(try await provider(store, pool, keyring: keyring).token(.access).token == "access-2")
    #expect(journal.all.suffix(4) == ["renewal", "saved refresh-2", "cached access-2", "cached id-2"])
    #expect(journal.count("saved refresh-1") == 1)
  }

  @Test("a login's tokens are stored first and confirmed afterwards, and need no renewal")
  func lease() async throws {
    let (store, daemon) = (MemoryStore(nil, journal), FakeDaemon(try lease(), journal))
    let token = try await provider(store, RotatingPool(good: "leased", journal), daemon: daemon).token(.access)
    #expect(token.token == "leased-access")
    #expect(journal.all == ["saved leased", "cached leased-access", "cached leased-id", "confirmed lease-1"])
  }

  @Test("a lease that can't be stored is not confirmed")
  func unstorableLease() async throws {
    let (store, daemon) = (MemoryStore(nil, journal), FakeDaemon(try lease(), journal))
    store.failSaves(SessionStoreError(.locked, "locked."))
    let provider = provider(store, RotatingPool(good: "leased", journal), daemon: daemon)
    await #expect(throws: (any Error).self) { try await provider.token(.access) }
    #expect(journal.count("confirmed lease-1") == 0)
  }

  @Test("a lease whose tokens have expired is kept and renewed at once")
  func oldLease() async throws {
    let (store, daemon) = (MemoryStore(nil, journal), FakeDaemon(try lease(expiresAt: 1010), journal))
    let token = try await provider(store, RotatingPool(good: "leased", journal), daemon: daemon).token(.access)
    #expect(token.token == "access-1")
    #expect(journal.all.prefix(2) == ["saved leased", "cached leased-access"])
  }

  @Test("another account's login doesn't replace a session that was signed in to on purpose")
  func otherAccount() async throws {
    let (store, daemon) = (MemoryStore(session("r", username: "admin"), journal), FakeDaemon(try lease(), journal))
    let token = try await provider(store, RotatingPool(good: "r", journal), daemon: daemon).token(.access)
    #expect(token.username == "admin")
    #expect(journal.count("confirmed lease-1") == 0)
  }

  @Test("a login by the same account takes the session's place, whatever name it was by")
  func sameAccount() async throws {
    var signedIn = session("r", username: "8a1f-uuid")
    (signedIn.typedName, signedIn.subject) = ("ann@example.com", "sub-1")
    var lease: Lease = try self.lease(username: "ann")
    (lease.session.username, lease.session.subject) = ("8a1f-uuid", "sub-1")
    let daemon = FakeDaemon(lease, journal)
    let store = MemoryStore(signedIn, journal)
    _ = try await provider(store, RotatingPool(good: "r", journal), daemon: daemon).token(.access)
    #expect(journal.count("confirmed lease-1") == 1 && store.current?.refreshToken == Secret(utf8: "leased"))
    // Its device is nobody's now.
    #expect(journal.all.last == "leased for r")
  }

  @Test("one name, two accounts: the newer doesn't replace what was signed in to on purpose")
  func reusedName() async throws {
    var signedIn = session("r")
    signedIn.subject = "sub-of-the-first-ann"
    var lease: Lease = try self.lease(username: "ann")
    lease.session.subject = "sub-of-the-second-ann"
    let daemon = FakeDaemon(lease, journal)
    _ = try await provider(MemoryStore(signedIn, journal), RotatingPool(good: "r", journal), daemon: daemon)
      .token(.access)
    #expect(journal.count("confirmed lease-1") == 0)
  }

  @Test("each token is cached until its own end")
  func ownEnds() async throws {
    let cache = MemoryCache(journal)
    let lease = Lease(
      id: try #require(LeaseID("lease-1")), session: session("leased"),
      tokens: tokenSet("leased-access", "leased-id", accessEnds: 1300, idEnds: 86_400))
    let provider = provider(
      MemoryStore(nil, journal), RotatingPool(good: "leased", journal), cache: cache, daemon: FakeDaemon(lease, journal)
    )
    #expect(try await provider.token(.access).expiresAt == 1300)
    #expect(try await provider.token(.id).expiresAt == 86_400)
    #expect(cache.token(.access, of: profile, now: 2000) == nil)
    #expect(cache.token(.id, of: profile, now: 2000)?.token == "leased-id")
  }

  @Test("where cached tokens fill the quota that the session needs, they go and it stays")
  func quota() async throws {
    let cache = MemoryCache(journal)
    let store = MemoryStore(session("r"), journal)
    _ = cache.store(CachedToken(token: "other kind", username: "ann", expiresAt: 9000), .id, of: profile, now: 1)
    store.full.withLock { $0 = cache }
    let provider = provider(store, RotatingPool(good: "r", journal), cache: cache)
    #expect(try await provider.token(.access).token == "access-1")
    #expect(store.current?.refreshToken == Secret(utf8: "refresh-1"))
  }

  @Test("a daemon that hands over nonsense matters only when there is no session")
  func garbageLease() async throws {
    let daemon = FakeDaemon(nil, journal, failing: CognitoError(.malformedResponse, "nonsense"))
    let with = provider(MemoryStore(session("r"), journal), RotatingPool(good: "r", journal), daemon: daemon)
    #expect(try await with.token(.access).token == "access-1")
    let without = provider(MemoryStore(nil, journal), RotatingPool(good: "r", journal), daemon: daemon)
    await #expect(throws: CognitoError(.malformedResponse, "")) { try await without.token(.access) }
  }

  @Test("a lock that is never given up ends in an error")
  func busy() async throws {
    let lock = CredentialLock(state: directory.path, timeout: .milliseconds(20))
    try await lock.withLock(profile) {
      await #expect(throws: TokenProviderError(.busy, "")) { try await lock.withLock(profile) {} }
      var other = profile
      other.name = "x"
      try await lock.withLock(other) {}
    }
    try await lock.withLock(profile) {}
  }
}

/// Somebody without our lock puts a newer session into the store while the old one is being used.
private struct SwappingPool: SessionRenewing {
  let store: MemoryStore
  let newer: StoredSession
  let pool: RotatingPool

  func renew(
    _ session: StoredSession, for profile: Profile, keep: (Secret) async throws -> Void
  ) async throws -> TokenSet {
    if session != newer { store.replace(newer) }
    return try await pool.renew(session, for: profile, keep: keep)
  }
}

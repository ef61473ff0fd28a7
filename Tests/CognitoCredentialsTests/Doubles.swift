import Cognito
import CognitoCredentials
import FoundationEssentials
import Glibc
import LoginProtocol
import Synchronization
import TokenCache

/// Everything that happens, in order: what was saved before what was handed out is the point of many tests.
final class Journal: Sendable {
  private let lines = Mutex<[String]>([])
  func write(_ line: String) { lines.withLock { $0.append(line) } }
  var all: [String] { lines.withLock { $0 } }
  func count(_ line: String) -> Int { all.filter { $0 == line }.count }
}

final class MemoryStore: SessionStore {
  let journal: Journal
  private let session: Mutex<StoredSession?>
  private let failure = Mutex<SessionStoreError?>(nil)

  init(_ session: StoredSession?, _ journal: Journal) {
    self.session = Mutex(session)
    self.journal = journal
  }

  var current: StoredSession? { session.withLock { $0 } }
  func replace(_ value: StoredSession?) { session.withLock { $0 = value } }
  func failSaves(_ error: SessionStoreError?) { failure.withLock { $0 = error } }

  func load(_ profile: Profile) throws(SessionStoreError) -> StoredSession? { current }
  /// What shares a quota with this store: no room here while anything is there.
  let full = Mutex<MemoryCache?>(nil)

  func save(_ session: StoredSession, for profile: Profile) throws(SessionStoreError) {
    if full.withLock({ $0?.isEmpty == false }) { throw SessionStoreError(.quota, "full.") }
    if let error = failure.withLock({ $0 }) { throw error }
    journal.write("saved \(session.refreshToken.revealed() ?? "?")")
    replace(session)
  }
  func remove(_ profile: Profile) throws(SessionStoreError) -> Bool {
    defer { replace(nil) }
    return current != nil
  }
}

final class MemoryCache: TokenCaching {
  let journal: Journal
  private let tokens = Mutex<[String: CachedToken]>([:])
  private let isWorking: Bool

  /// - Parameter isWorking: false is a machine without kernel keyrings
  init(_ journal: Journal, isWorking: Bool = true) {
    self.journal = journal
    self.isWorking = isWorking
  }

  var isEmpty: Bool { tokens.withLock { $0.isEmpty } }

  func token(_ kind: TokenKind, of profile: Profile, now: Int64) -> CachedToken? {
    tokens.withLock { $0["\(kind) \(profile.credentialID)"] }.flatMap { $0.isUsable(at: now) ? $0 : nil }
  }
  func store(_ token: CachedToken, _ kind: TokenKind, of profile: Profile, now: Int64) -> Bool {
    guard isWorking else { return false }
    journal.write("cached \(token.token)")
    tokens.withLock { $0["\(kind) \(profile.credentialID)"] = token }
    return true
  }
  func drop(_ kind: TokenKind, of profile: Profile) -> Bool {
    tokens.withLock { $0.removeValue(forKey: "\(kind) \(profile.credentialID)") } != nil
  }
}

/// A pool with rotation and no grace period: each refresh token is good once.
final class RotatingPool: SessionRenewing {
  let journal: Journal
  private let state: Mutex<(good: String, number: Int)>

  private let failsVerification: Bool

  /// - Parameter failsVerification: the pool rotates, and what it sends can't be verified here
  init(good: String, _ journal: Journal, failsVerification: Bool = false) {
    state = Mutex((good, 0))
    self.failsVerification = failsVerification
    self.journal = journal
  }

  var good: String { state.withLock { $0.good } }

  func renew(
    _ session: StoredSession, for profile: Profile, keep: (Secret) async throws -> Void
  ) async throws -> TokenSet {
    journal.write("renewal")
    await Task.yield()
    let (good, number) = try state.withLock { state in
      guard session.refreshToken.revealed() == state.good else { throw RenewalRefused(reason: "it is revoked.") }
      state.number += 1
      state.good = "refresh-\(state.number)"
      return state
    }
    try await keep(Secret(utf8: good))
    if failsVerification { throw CognitoError(.tokenNotYetValid, "the clock is wrong") }
    return tokenSet("access-\(number)", "id-\(number)", username: session.username)
  }
}

/// Tokens for the tests, which end at the second 4600 if nothing else is said.
func tokenSet(
  _ access: String, _ id: String, username: String = "ann", accessEnds: Int64 = 4600, idEnds: Int64 = 4600
) -> TokenSet {
  TokenSet(
    idToken: id, accessToken: access, refreshToken: nil,
    accessExpiresAt: Date(timeIntervalSince1970: Double(accessEnds)),
    idExpiresAt: Date(timeIntervalSince1970: Double(idEnds)), subject: "sub-\(username)", username: username)
}

extension RotatingPool {
  func replaced(_ old: StoredSession, by new: StoredSession, _ tokens: TokenSet, for profile: Profile) async {
    journal.write("\(new.refreshToken.revealed() ?? "?") for \(old.refreshToken.revealed() ?? "?")")
  }
}

struct BrokenPool: SessionRenewing {
  let error: CognitoError
  func renew(
    _ session: StoredSession, for profile: Profile, keep: (Secret) async throws -> Void
  ) async throws -> TokenSet { throw error }
}

final class FakeDaemon: LeaseSource {
  let journal: Journal
  private let lease: Mutex<Lease?>
  private let failure: (any Error)?

  init(_ lease: Lease?, _ journal: Journal, failing failure: (any Error)? = nil) {
    self.lease = Mutex(lease)
    self.journal = journal
    self.failure = failure
  }

  func collect(for profile: Profile) throws -> Lease? {
    if let failure { throw failure }
    return lease.withLock { $0 }
  }
  func confirm(_ lease: Lease) {
    journal.write("confirmed \(lease.id.text)")
    self.lease.withLock { $0 = nil }
  }
  func signOut() throws -> Bool { lease.withLock { $0 = nil } == () }
}

/// A keyring in memory, for what waits between two calls.
final class MemoryKeyring: Keyring {
  private let keys = Mutex<[String: [UInt8]]>([:])
  private let names = Mutex<[String]>([])

  private func number(_ name: String) -> Key {
    names.withLock { names in
      if let index = names.firstIndex(of: name) { return Key(index) }
      names.append(name)
      return Key(names.count - 1)
    }
  }
  private func name(_ key: Key) -> String { names.withLock { $0[Int(key)] } }

  func add(description: String, payload: [UInt8], to ring: Key) throws(KeyringError) -> Key {
    keys.withLock { $0[description] = payload }
    return number(description)
  }
  func search(_ ring: Key, description: String) throws(KeyringError) -> Key {
    guard keys.withLock({ $0[description] }) != nil else { throw KeyringError(errno: ENOKEY) }
    return number(description)
  }
  func read(_ key: Key, maximumBytes: Int) throws(KeyringError) -> [UInt8] {
    guard let payload = keys.withLock({ $0[name(key)] }) else { throw KeyringError(errno: ENOKEY) }
    return payload
  }
  func setPermissions(_ key: Key, _ permissions: UInt32) throws(KeyringError) {}
  func setTimeout(_ key: Key, seconds: UInt32) throws(KeyringError) {}
  func link(_ key: Key, into ring: Key) throws(KeyringError) {}
  func unlink(_ key: Key, from ring: Key) throws(KeyringError) {
    if ring != KernelKeyring.thread { keys.withLock { $0[name(key)] = nil } }
  }
  func invalidate(_ key: Key) throws(KeyringError) { keys.withLock { $0[name(key)] = nil } }
  func persistentKeyring() throws(KeyringError) -> Key { -100 }
}

/// A single store has nothing to choose and keeps no record.
extension MemoryStore: SessionKeeping {
  func adopt(_ session: StoredSession, for profile: Profile) throws(SessionStoreError) -> Placement {
    try save(session, for: profile)
    return Placement(.secretService)
  }
  func choosesPlace(for profile: Profile) -> Bool { false }
  func isRecorded(_ session: StoredSession, for profile: Profile) -> Bool { true }
  func absence(_ profile: Profile) -> TokenProviderError? { nil }
  func all(_ profile: Profile) -> (sessions: [StoredSession], failure: SessionStoreError?) {
    do throws(SessionStoreError) {
      return (try load(profile).map { [$0] } ?? [], nil)
    } catch {
      return ([], error)
    }
  }
  func forget(_ profile: Profile) throws(SessionStoreError) -> SessionRemoval {
    SessionRemoval(wasThere: try remove(profile))
  }
}

extension TokenProvider {
  func token(_ kind: TokenKind) async throws -> CachedToken { try await issue(kind).token }
}

import Cognito
import TokenCache

/// From a stored session to a fresh token: the one place that renews.
///
/// Everything but a cache hit happens under the credential's lock, and what another process did meanwhile is looked at
/// again inside it. A rotated refresh token is stored before any token is handed out.
package struct TokenProvider: Sendable {
  private let profile: Profile
  private let cache: any TokenCaching
  private let sessions: SessionKeeper
  private let lock: CredentialLock
  private let renewer: any SessionRenewing
  private let leases: (any LeaseSource)?
  private let now: @Sendable () -> Int64

  /// - Parameters:
  ///   - leases: the login daemon, which holds the tokens of a login at this machine until they are collected
  ///   - now: unix time in seconds
  package init(
    profile: Profile, cache: any TokenCaching, store: any SessionKeeping, keyring: any Keyring = KernelKeyring(),
    lock: CredentialLock, renewer: any SessionRenewing, leases: (any LeaseSource)?,
    now: @escaping @Sendable () -> Int64
  ) {
    self.profile = profile
    self.cache = cache
    sessions = SessionKeeper(store: store, keyring: keyring)
    self.lock = lock
    self.renewer = renewer
    self.leases = leases
    self.now = now
  }

  /// - Throws: ``TokenProviderError``, ``SessionStoreError``, or the failure of the pool's call.
  package func issue(_ kind: TokenKind) async throws -> IssuedToken {
    if let token = cache.token(kind, of: profile, now: now()) { return IssuedToken(token: token) }
    return try await lock.withLock(profile) {
      if let token = cache.token(kind, of: profile, now: now()) { return IssuedToken(token: token) }
      let collected = try await collect(kind)
      if let collected, let token = collected.token { return IssuedToken(token: token, kept: collected.placement) }
      return IssuedToken(token: try await renew(kind), kept: collected?.placement)
    }
  }

  /// The session of this profile, after a login at this machine has been collected.
  /// - Throws: ``TokenProviderError`` when nobody is signed in, and ``SessionStoreError``.
  package func session() async throws -> HeldSession {
    try await lock.withLock(profile) {
      let collected = try await collect(.access)
      guard let session = try current() else { throw absence() }
      return HeldSession(
        session: session, isWaiting: sessions.pending(profile) != nil, kept: collected?.placement)
    }
  }

  /// Keeps the session of a new sign-in, in place of any other.
  package func adopt(_ session: StoredSession, _ tokens: TokenSet) async throws -> Placement {
    try await lock.withLock(profile) {
      let placement = try sessions.adopt(session, for: profile, makeRoom: makeRoom)
      remember(tokens)
      return placement
    }
  }

  /// What a sign-out works on, under the lock.
  struct Held {
    let provider: TokenProvider

    /// - Returns: whether a daemon was told
    func dropLeases() throws -> Bool { try provider.leases?.signOut() ?? false }
    func sessions() -> (sessions: [StoredSession], failure: SessionStoreError?) {
      provider.sessions.all(provider.profile)
    }
    func cachedAccessToken() -> String? {
      provider.cache.token(.access, of: provider.profile, now: provider.now())?.token
    }
    /// - Returns: whether there were any
    func dropTokens() -> Bool {
      TokenKind.allCases.map { provider.cache.drop($0, of: provider.profile) }.contains(true)
    }
    func forget() throws(SessionStoreError) -> SessionRemoval { try provider.sessions.forget(provider.profile) }
  }

  func exclusively<Value>(_ body: (Held) async throws -> Value) async throws -> Value {
    try await lock.withLock(profile) { try await body(Held(provider: self)) }
  }

  /// Takes over the tokens of a login at this machine. First stored, then confirmed: killed in between, they can be
  /// collected again.
  /// - Returns: where it was put, and the token if it is still good; nil when there is no login to collect.
  private func collect(_ kind: TokenKind) async throws -> (token: CachedToken?, placement: Placement)? {
    guard let leases, let lease = try lease(from: leases) else { return nil }
    let old = try sessionBefore(lease)
    // A session that somebody has signed in to on purpose isn't replaced by another account's login.
    if let old, !old.isSameAccount(as: lease.session) { return nil }
    let placement = try sessions.adopt(lease.session, for: profile, makeRoom: makeRoom)
    remember(lease.tokens)
    leases.confirm(lease)
    if let old { await renewer.replaced(old, by: lease.session, lease.tokens, for: profile) }
    let token = lease.tokens.cached(kind)
    return (token.isUsable(at: now()) ? token : nil, placement)
  }

  /// Where the new session finds its place by itself, an old one of the same account may be out of reach: a login over
  /// ssh must not fail because of a desktop's keyring.
  private func sessionBefore(_ lease: Lease) throws(SessionStoreError) -> StoredSession? {
    do throws(SessionStoreError) {
      return try current()
    } catch {
      let store = sessions.store
      guard store.choosesPlace(for: profile), store.isRecorded(lease.session, for: profile) else { throw error }
      return nil
    }
  }

  /// A daemon that hands over nonsense is no reason to fail while there is a session.
  private func lease(from leases: any LeaseSource) throws -> Lease? {
    do {
      return try leases.collect(for: profile)
    } catch {
      guard try current() == nil else { return nil }
      throw error
    }
  }

  private func renew(_ kind: TokenKind) async throws -> CachedToken {
    guard var session = try current() else { throw absence() }
    let tokens: TokenSet
    do {
      tokens = try await renewed(session)
    } catch let refused as RenewalRefused {
      // Before that is believed: has somebody who doesn't know our lock put a newer one there?
      guard let newer = try current(), newer.refreshToken != session.refreshToken else { throw ended(refused) }
      session = newer
      do {
        tokens = try await renewed(session)
      } catch let refused as RenewalRefused {
        throw ended(refused)
      }
    }
    remember(tokens)
    return tokens.cached(kind)
  }

  private func renewed(_ session: StoredSession) async throws -> TokenSet {
    try await renewer.renew(session, for: profile) { rotated in
      var kept = session
      kept.refreshToken = rotated
      try sessions.save(kept, for: profile, makeRoom: makeRoom)
    }
  }

  /// Cached tokens share the kernel's quota with sessions, and are the ones to do without.
  private func makeRoom() {
    for kind in TokenKind.allCases { cache.drop(kind, of: profile) }
  }

  private func absence() -> TokenProviderError {
    sessions.store.absence(profile) ?? TokenProviderError(.notSignedIn, "Not signed in to profile `\(profile.name)`.")
  }

  private func current() throws(SessionStoreError) -> StoredSession? {
    guard let session = try sessions.load(profile), session.belongs(to: profile) else { return nil }
    return session
  }

  private func remember(_ tokens: TokenSet) {
    for kind in TokenKind.allCases {
      cache.store(tokens.cached(kind), kind, of: profile, now: now())
    }
  }

  /// The session stays stored: nothing is lost if the refusal was the pool's mistake.
  private func ended(_ refused: RenewalRefused) -> TokenProviderError {
    TokenProviderError(.sessionEnded, "The session of profile `\(profile.name)` has ended: \(refused.reason)")
  }
}

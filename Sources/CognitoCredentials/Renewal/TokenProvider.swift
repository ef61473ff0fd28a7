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
    profile: Profile, cache: any TokenCaching, store: any SessionStore, keyring: any Keyring = KernelKeyring(),
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
  package func token(_ kind: TokenKind) async throws -> CachedToken {
    if let token = cache.token(kind, of: profile, now: now()) { return token }
    return try await lock.withLock(profile) {
      if let token = cache.token(kind, of: profile, now: now()) { return token }
      if let token = try await collect(kind) { return token }
      return try await renew(kind)
    }
  }

  /// The session of this profile, after a login at this machine has been collected; nil when nobody is signed in.
  package func session() async throws -> StoredSession? {
    try await lock.withLock(profile) {
      _ = try await collect(.access)
      return try current()
    }
  }

  /// Keeps the session of a new sign-in, in place of any other.
  package func adopt(_ session: StoredSession, _ tokens: TokenSet) async throws {
    try await lock.withLock(profile) {
      try save(session)
      remember(tokens)
    }
  }

  /// What a sign-out works on, under the lock.
  struct Held {
    let provider: TokenProvider

    /// - Returns: whether a daemon was told
    func dropLeases() throws -> Bool { try provider.leases?.signOut() ?? false }
    func session() throws(SessionStoreError) -> StoredSession? { try provider.current() }
    func cachedAccessToken() -> String? {
      provider.cache.token(.access, of: provider.profile, now: provider.now())?.token
    }
    /// - Returns: whether there was anything
    func forget() throws(SessionStoreError) -> Bool {
      let dropped = TokenKind.allCases.map { provider.cache.drop($0, of: provider.profile) }
      return try provider.sessions.remove(provider.profile) || dropped.contains(true)
    }
  }

  func exclusively<Value>(_ body: (Held) async throws -> Value) async throws -> Value {
    try await lock.withLock(profile) { try await body(Held(provider: self)) }
  }

  /// Takes over the tokens of a login at this machine. First stored, then confirmed: killed in between, they can be
  /// collected again.
  /// - Returns: the token, if there was a login and its token is still good.
  private func collect(_ kind: TokenKind) async throws -> CachedToken? {
    guard let leases, let lease = try lease(from: leases) else { return nil }
    let old = try current()
    // A session that somebody has signed in to on purpose isn't replaced by another account's login.
    if let old, !old.isSameAccount(as: lease.session) { return nil }
    try save(lease.session)
    remember(lease.tokens)
    leases.confirm(lease)
    if let old { await renewer.replaced(old, by: lease.session, lease.tokens, for: profile) }
    let token = lease.tokens.cached(kind)
    return token.isUsable(at: now()) ? token : nil
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
    guard var session = try current() else {
      throw TokenProviderError(.notSignedIn, "Not signed in to profile `\(profile.name)`.")
    }
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
      try save(kept)
    }
  }

  /// Cached tokens share the kernel's quota with sessions, and are the ones to do without.
  private func save(_ session: StoredSession) throws {
    try sessions.save(session, for: profile) {
      for kind in TokenKind.allCases { cache.drop(kind, of: profile) }
    }
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

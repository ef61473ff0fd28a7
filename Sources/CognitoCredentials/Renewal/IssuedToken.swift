import TokenCache

/// A fresh token, and where a login's session was put if this call has collected one.
package struct IssuedToken: Sendable, Equatable {
  package var token: CachedToken
  package var kept: Placement?

  package init(token: CachedToken, kept: Placement? = nil) {
    self.token = token
    self.kept = kept
  }
}

/// The session that is signed in to.
package struct HeldSession: Sendable, Equatable {
  package var session: StoredSession
  /// Whether its newest state waits in the kernel's keyring, because its place has failed.
  package var isWaiting: Bool
  /// Where it was put, if this call has collected it.
  package var kept: Placement?
}

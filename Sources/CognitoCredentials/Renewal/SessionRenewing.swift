import Cognito
import FoundationEssentials
import TokenCache

extension TokenSet {
  /// One of the two tokens as the cache keeps it, each until its own end.
  package func cached(_ kind: TokenKind) -> CachedToken {
    let use: TokenUse = kind == .id ? .id : .access
    return CachedToken(
      token: self[use], username: username, expiresAt: Int64(expiresAt(use).timeIntervalSince1970))
  }
}

/// The user pool, as far as a stored session needs it.
package protocol SessionRenewing: Sendable {
  /// - Parameter keep: called with a rotated refresh token at once, before anything else can fail: the old one is spent
  /// - Throws: `RenewalRefused` when the pool says that the refresh token is good no more; anything else is a failure on
  ///   the way there, after which the session is as good as before.
  func renew(
    _ session: StoredSession, for profile: Profile, keep: (Secret) async throws -> Void
  ) async throws -> TokenSet
  /// A login at this machine has taken the place of a session of the same account, whose device nobody will use again.
  /// Best effort, and short: git waits for it.
  func replaced(_ old: StoredSession, by new: StoredSession, _ tokens: TokenSet, for profile: Profile) async
}

extension SessionRenewing {
  package func replaced(_ old: StoredSession, by new: StoredSession, _ tokens: TokenSet, for profile: Profile) async {}
}

/// The pool refuses the refresh token.
package struct RenewalRefused: Error {
  package var reason: String
  package init(reason: String) { self.reason = reason }
}

import Cognito
import TokenCache

/// The two short-lived tokens that a sign-in or a renewal brings.
package struct FreshTokens: Sendable, Equatable {
  package var accessToken: String
  package var idToken: String
  /// Unix time in seconds.
  package var accessExpiresAt: Int64
  package var idExpiresAt: Int64

  package init(
    accessToken: String, idToken: String, accessExpiresAt: Int64, idExpiresAt: Int64
  ) {
    self.accessToken = accessToken
    self.idToken = idToken
    self.accessExpiresAt = accessExpiresAt
    self.idExpiresAt = idExpiresAt
  }

  package func cached(_ kind: TokenKind, username: String) -> CachedToken {
    switch kind {
    case .access: CachedToken(token: accessToken, username: username, expiresAt: accessExpiresAt)
    case .id: CachedToken(token: idToken, username: username, expiresAt: idExpiresAt)
    }
  }
}

/// The user pool, as far as a stored session needs it.
package protocol SessionRenewing: Sendable {
  /// - Parameter keep: called with a rotated refresh token at once, before anything else can fail: the old one is spent
  /// - Throws: `RenewalRefused` when the pool says that the refresh token is good no more; anything else is a failure on
  ///   the way there, after which the session is as good as before.
  func renew(
    _ session: StoredSession, for profile: Profile, keep: (Secret) async throws -> Void
  ) async throws -> FreshTokens
}

/// The pool refuses the refresh token.
package struct RenewalRefused: Error {
  package var reason: String
  package init(reason: String) { self.reason = reason }
}

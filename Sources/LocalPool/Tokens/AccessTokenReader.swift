import Cognito
import FoundationEssentials

/// Checks access tokens that come back to the pool.
package enum AccessTokenReader {
  /// Whose token this is: signature, expiry, revocation, and a user who exists and is enabled.
  ///
  /// - Parameter scope: the scope it must have; nil for any.
  package static func caller(
    token: String, scope: String? = AccessTokenClaims.selfServiceScope, context: PoolContext
  ) throws -> Caller {
    let claims = try claims(of: token, context)
    let (client, pool) = try context.client(claims.clientID)
    let (user, isRevoked) = try context.store.read { transaction in
      (
        try transaction.users.find(sub: claims.sub, in: pool.id),
        try claims.originJti.map { try transaction.sessions.isRevoked(originJti: $0) } ?? false
      )
    }
    if isRevoked { throw PoolException.notAuthorized("Access Token has been revoked") }
    guard let user else { throw PoolException.userNotFound }
    guard user.isEnabled else { throw PoolException.userDisabled }
    if let signedOut = user.signedOutAt, predates(claims, signedOut) {
      throw PoolException.notAuthorized("Access Token has been revoked")
    }
    if let scope, !claims.scopes.contains(scope) {
      throw PoolException.notAuthorized("Access Token does not have required scopes")
    }
    return Caller(user: user, pool: pool, client: client, token: claims)
  }

  /// Whether the token is from before the user signed out everywhere. Tokens know whole seconds only: within that second, the
  /// sign-in's own revocation decides, and a token without one is refused.
  private static func predates(_ claims: AccessTokenClaims, _ signedOut: Date) -> Bool {
    let second = Int64(signedOut.timeIntervalSince1970)
    return claims.originJti == nil ? claims.issuedAt <= second : claims.issuedAt < second
  }

  private static func claims(of token: String, _ context: PoolContext) throws -> AccessTokenClaims {
    guard let opened = try SignedToken.open(token, context), let checked = AccessTokenClaims(opened.claims) else {
      throw PoolException.notAuthorized("Invalid Access Token")
    }
    guard checked.expiresAt > context.clock.epoch else {
      throw PoolException.notAuthorized("Access Token has expired")
    }
    return checked
  }
}

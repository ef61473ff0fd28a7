import Cognito

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
    let user = try TokenHolder.user(
      sub: claims.sub, originJti: claims.originJti, issuedAt: claims.issuedAt, in: pool.id, name: "Access Token",
      context
    )
    if let scope {
      // Who got a token for a service of their own must not act on the account with it.
      guard claims.audience == nil || claims.audience == claims.clientID else {
        throw PoolException.notAuthorized("Access Token is for another audience")
      }
      guard claims.scopes.contains(scope) else {
        throw PoolException.notAuthorized("Access Token does not have required scopes")
      }
    }
    return Caller(user: user, pool: pool, client: client, token: claims)
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

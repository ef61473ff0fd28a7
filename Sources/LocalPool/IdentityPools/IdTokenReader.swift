import Cognito

/// Checks id tokens that come back to us, as an identity pool does.
enum IdTokenReader {
  static let invalid = PoolException.notAuthorized("Invalid login token.")

  /// Whose token this is: signature, kind, issuer, expiry, and a user who exists and is enabled.
  static func user(token: String, _ context: PoolContext) throws -> UserRecord {
    guard
      let (claims, poolID) = try SignedToken.open(token, context),
      claims["iss"]?.string == context.issuer(poolID: poolID), claims["token_use"]?.string == "id",
      let sub = claims["sub"]?.string, let expires = claims["exp"]?.int
    else { throw invalid }
    guard expires > context.clock.epoch else {
      throw PoolException.notAuthorized("Invalid login token. Token expired: \(expires) >= \(context.clock.epoch)")
    }
    guard let user = try context.store.read({ try $0.users.find(sub: sub, in: poolID) }), user.isEnabled else {
      throw invalid
    }
    return user
  }
}

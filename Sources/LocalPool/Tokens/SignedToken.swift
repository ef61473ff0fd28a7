import Cognito

/// A token that comes back to us, signed by one of our pools.
enum SignedToken {
  /// What it says, and of which pool it is; nil for what no pool of ours signed. Its age and kind aren't looked at.
  static func open(_ token: String, _ context: PoolContext) throws -> (claims: [String: JSONValue], poolID: String)? {
    guard
      let jwt = try? JWT(token), let poolID = AccessTokenClaims.poolID(issuer: jwt.claims["iss"]?.string),
      try context.store.read({ try $0.pools.find(poolID) }) != nil,
      let signer = try context.keys.keys(poolID: poolID).signer(kid: jwt.kid), signer.signed(jwt),
      let claims = jwt.claims.object
    else { return nil }
    return (claims, poolID)
  }
}

import Cognito

/// Checks id tokens that come back to us, as an identity pool does.
enum IdTokenReader {
  static let invalid = PoolException.notAuthorized("Invalid login token.")

  /// Whose token this is: signature, kind, issuer, expiry, and a user who exists and is enabled.
  static func user(token: String, _ context: PoolContext) throws -> UserRecord {
    let parts = token.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard
      token.utf8.count <= 65_536, parts.count == 3, let header = object(parts[0]), header["alg"]?.string == "RS256",
      let kid = header["kid"]?.string, let issuer = object(parts[1])?["iss"]?.string,
      let poolID = issuer.split(separator: "/").last.map(String.init), issuer == context.issuer(poolID: poolID),
      try context.store.read({ try $0.pools.find(poolID) }) != nil,
      let signer = try context.keys.keys(poolID: poolID).signer(kid: kid),
      let claims = signer.open(payload: parts[1], signature: parts[2], message: parts[0] + "." + parts[1]),
      claims["token_use"]?.string == "id", let sub = claims["sub"]?.string, let expires = claims["exp"]?.int
    else { throw invalid }
    guard expires > context.clock.epoch else {
      throw PoolException.notAuthorized("Invalid login token. Token expired: \(expires) >= \(context.clock.epoch)")
    }
    guard let user = try context.store.read({ try $0.users.find(sub: sub, in: poolID) }), user.isEnabled else {
      throw invalid
    }
    return user
  }

  private static func object(_ part: String) -> [String: JSONValue]? {
    Base64.decodeURL(part).flatMap { try? JSONValue.parse($0, maximumDepth: 16) }?.object
  }
}

import Cognito

/// A token that comes back to us, signed by one of our pools.
enum SignedToken {
  private static let longest = 65_536

  /// What it says, and of which pool it is; nil for what no pool of ours signed. Its age and kind aren't looked at.
  static func open(_ token: String, _ context: PoolContext) throws -> (claims: [String: JSONValue], poolID: String)? {
    guard token.utf8.count <= longest else { return nil }
    let parts = token.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard
      parts.count == 3, let header = object(parts[0]), header["alg"]?.string == "RS256",
      let kid = header["kid"]?.string,
      let poolID = AccessTokenClaims.poolID(issuer: object(parts[1])?["iss"]?.string),
      try context.store.read({ try $0.pools.find(poolID) }) != nil,
      let signer = try context.keys.keys(poolID: poolID).signer(kid: kid),
      let claims = signer.open(payload: parts[1], signature: parts[2], message: parts[0] + "." + parts[1])
    else { return nil }
    return (claims, poolID)
  }

  private static func object(_ part: String) -> [String: JSONValue]? {
    Base64.decodeURL(part).flatMap { try? JSONValue.parse($0, maximumDepth: 16) }?.object
  }
}

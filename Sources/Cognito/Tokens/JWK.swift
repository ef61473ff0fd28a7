/// A public signing key of a user pool (RFC 7517).
public struct JWK: Sendable {
  /// The key's name, which tokens carry in their header.
  public let kid: String

  package let publicKey: RSAPublicKey

  package init(kid: String, publicKey: RSAPublicKey) {
    self.kid = kid
    self.publicKey = publicKey
  }

  /// Reads one key in JSON, a member of a key set. `nil` for a key that can't verify RS256: another type, algorithm or use. Key sets
  /// may hold such keys for other purposes (RFC 7517, section 5).
  public init?(_ json: JSONValue) {
    guard json["kty"]?.string == "RSA", let kid = json["kid"]?.string, !kid.isEmpty,
      json["alg"] == nil || json["alg"]?.string == "RS256", json["use"] == nil || json["use"]?.string == "sig",
      let n = json["n"]?.string.flatMap({ Base64.decodeURL($0) }),
      let e = json["e"]?.string.flatMap({ Base64.decodeURL($0) }),
      let key = RSAPublicKey(modulus: n, exponent: e)
    else { return nil }
    self.init(kid: kid, publicKey: key)
  }
}

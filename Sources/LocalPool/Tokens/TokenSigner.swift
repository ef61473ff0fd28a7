import Cognito

/// Writes signed tokens in JWS compact form (RFC 7515).
struct TokenSigner: Sendable {
  let kid: String
  let key: RSAPrivateKey
  /// The encoded header never changes, so it is made once.
  private let header: String

  init(kid: String, key: RSAPrivateKey) {
    self.kid = kid
    self.key = key
    // Cognito's tokens have no `typ`.
    header = Base64.encodeURL(JSONValue.object(["alg": "RS256", "kid": .string(kid)]).serialized())
  }

  func sign(_ claims: [String: JSONValue]) throws -> String {
    let message = header + "." + Base64.encodeURL(JSONValue.object(claims).serialized())
    guard let signature = key.sign(Array(message.utf8)) else { throw PoolException.internalError }
    return message + "." + Base64.encodeURL(signature)
  }

  /// The claims, if this key signed the token; nothing else about it is checked.
  func open(payload: String, signature: String, message: String) -> [String: JSONValue]? {
    guard
      let signature = Base64.decodeURL(signature), key.verifies(signature, of: Array(message.utf8)),
      let bytes = Base64.decodeURL(payload), case .object(let claims)? = try? JSONValue.parse(bytes, maximumDepth: 16)
    else { return nil }
    return claims
  }
}

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

  /// Whether this key signed the token; nothing else about it is checked.
  func signed(_ token: JWT) -> Bool { key.verifies(token.signature, of: Array(token.signedBytes)) }
}

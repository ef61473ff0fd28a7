import Cognito

/// Signs tokens with the vectors' test keys, as a user pool would.
package struct TestIssuer: Sendable {
  package let issuer: String
  package let clientID: String
  private let keyName: String
  private let n: BigNumber
  private let d: BigNumber
  /// What the pool publishes.
  package let jwks: JSONValue

  package init(issuer: String, clientID: String, keyName: String = "key-id-1=") {
    let jwt = Vectors.cognito["jwt"] ?? .null
    guard let key = jwt["private_keys_TEST_ONLY"]?[keyName], let n = BigNumber(hex: key.text("n")),
      let d = BigNumber(hex: key.text("d"))
    else { preconditionFailure("the vectors have no key \(keyName)") }
    self.issuer = issuer
    self.clientID = clientID
    self.keyName = keyName
    (self.n, self.d) = (n, d)
    jwks = jwt["jwks"] ?? .null
  }

  /// An `AuthenticationResult`.
  package func result(
    username: String, now: Int64, lifetime: Int64 = 3600, refreshToken: String? = nil,
    more: [String: JSONValue] = [:]
  ) -> JSONValue {
    var result: [String: JSONValue] = [
      "IdToken": .string(token(use: "id", username: username, now: now, lifetime: lifetime, more: more)),
      "AccessToken": .string(token(use: "access", username: username, now: now, lifetime: lifetime, more: more)),
      "ExpiresIn": .int(lifetime), "TokenType": "Bearer",
    ]
    result["RefreshToken"] = refreshToken.map(JSONValue.string)
    return .object(result)
  }

  /// One token. `more` wins over the usual claims.
  package func token(
    use: String, username: String, now: Int64, lifetime: Int64 = 3600, more: [String: JSONValue] = [:]
  ) -> String {
    var claims: [String: JSONValue] = [
      "sub": .string("sub-of-\(username)"), "iss": .string(issuer), "token_use": .string(use), "iat": .int(now),
      "auth_time": .int(now), "exp": .int(now + lifetime), "jti": .string(Hex.encode(SecureRandom.bytes(8))),
    ]
    claims[use == "id" ? "aud" : "client_id"] = .string(clientID)
    claims[use == "id" ? "cognito:username" : "username"] = .string(username)
    return sign(.object(claims.merging(more) { _, last in last }))
  }

  /// RS256 (RFC 8017, section 8.2) by hand: the library only verifies.
  package func sign(_ claims: JSONValue) -> String {
    let header: JSONValue = ["alg": "RS256", "kid": .string(keyName)]
    let input = "\(Base64.encodeURL(header.serialized())).\(Base64.encodeURL(claims.serialized()))"
    let sha256: [UInt8] = [
      0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20,
    ]
    let tail = [0] + sha256 + Digest.sha256(Array(input.utf8))
    let size = n.bytes.count
    let padded = [0, 1] + [UInt8](repeating: 0xff, count: size - tail.count - 2) + tail
    let signature = BigNumber.modExp(BigNumber(bytes: padded), d, OddModulus(n)).bytes
    let filled = [UInt8](repeating: 0, count: size - signature.count) + signature
    return "\(input).\(Base64.encodeURL(filled))"
  }
}

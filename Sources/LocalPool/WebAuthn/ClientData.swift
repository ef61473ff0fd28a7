import Cognito

/// What the browser says of the page that asked (CollectedClientData, WebAuthn Level 3, section 5.8.1).
package struct ClientData: Sendable {
  package enum Ceremony: String, Sendable {
    case registration = "webauthn.create"
    case authentication = "webauthn.get"
  }

  package let challenge: [UInt8]
  package let origin: String
  /// Whether the page was in a frame of another origin.
  package let isCrossOrigin: Bool
  /// SHA-256 of the bytes as sent: what the authenticator signs.
  package let hash: [UInt8]

  package init(_ bytes: [UInt8], of ceremony: Ceremony) throws(WebAuthnFailure) {
    guard
      let json = try? JSONValue.parse(bytes, maximumDepth: 8, maximumBytes: 16_384),
      json["type"]?.string == ceremony.rawValue,
      let challenge = json["challenge"]?.string.flatMap({ Base64.decodeURL($0) }),
      let origin = json["origin"]?.string
    else { throw .malformed("clientDataJSON") }
    self.challenge = challenge
    self.origin = origin
    switch json["crossOrigin"] {
    case nil, .bool(false): isCrossOrigin = json["topOrigin"] != nil
    case .bool(true): isCrossOrigin = true
    default: throw .malformed("clientDataJSON")
    }
    hash = Digest.sha256(bytes)
  }
}

import Cognito

/// RegistrationResponseJSON (WebAuthn Level 3, section 5.1.8.1).
package struct RegistrationResponse: Sendable {
  package let id: [UInt8]
  package let clientData: ClientData
  package let attestation: AttestationObject
  /// How the authenticator is reached, as the browser says: `internal`, `usb`, …
  package let transports: [String]
  package let attachment: String?

  package init(_ json: JSONValue) throws(WebAuthnFailure) {
    id = try CredentialMembers.id(json)
    clientData = try ClientData(try CredentialMembers.bytes(json, "clientDataJSON"), of: .registration)
    attestation = try AttestationObject(try CredentialMembers.bytes(json, "attestationObject"))
    transports = try CredentialMembers.transports(json["response"]?["transports"])
    attachment = try CredentialMembers.attachment(json)
  }
}

/// AuthenticationResponseJSON (WebAuthn Level 3, section 5.1.8.2).
package struct AuthenticationResponse: Sendable {
  package let id: [UInt8]
  package let clientData: ClientData
  package let authenticatorData: AuthenticatorData
  package let authenticatorDataBytes: [UInt8]
  package let signature: [UInt8]
  package let userHandle: [UInt8]?

  package init(_ json: JSONValue) throws(WebAuthnFailure) {
    id = try CredentialMembers.id(json)
    clientData = try ClientData(try CredentialMembers.bytes(json, "clientDataJSON"), of: .authentication)
    authenticatorDataBytes = try CredentialMembers.bytes(json, "authenticatorData")
    authenticatorData = try AuthenticatorData(authenticatorDataBytes)
    signature = try CredentialMembers.bytes(json, "signature")
    switch json["response"]?["userHandle"] {
    case nil, .null: userHandle = nil
    default: userHandle = try CredentialMembers.bytes(json, "userHandle")
    }
  }
}

/// What both responses have.
private enum CredentialMembers {
  static func id(_ json: JSONValue) throws(WebAuthnFailure) -> [UInt8] {
    guard json["type"]?.string == "public-key" else { throw .malformed("type") }
    guard
      let text = json["id"]?.string, json["rawId"]?.string == text, let id = Base64.decodeURL(text),
      AuthenticatorData.credentialIdLengths.contains(id.count)
    else { throw .malformed("id") }
    return id
  }

  static func bytes(_ json: JSONValue, _ name: String) throws(WebAuthnFailure) -> [UInt8] {
    guard let bytes = json["response"]?[name]?.string.flatMap({ Base64.decodeURL($0) }) else { throw .malformed(name) }
    return bytes
  }

  /// Kept as given, as section 5.8.4 asks, if they look like transports at all.
  static func transports(_ json: JSONValue?) throws(WebAuthnFailure) -> [String] {
    switch json {
    case nil, .null: return []
    case .array(let elements) where elements.count <= 8:
      let texts = elements.compactMap(\.string).filter { text in
        (1...32).contains(text.utf8.count) && text.utf8.allSatisfy { isLowercaseLetter($0) || $0 == UInt8(ascii: "-") }
      }
      guard texts.count == elements.count else { throw .malformed("transports") }
      return texts
    default: throw .malformed("transports")
    }
  }

  static func attachment(_ json: JSONValue) throws(WebAuthnFailure) -> String? {
    switch json["authenticatorAttachment"] {
    case nil, .null: return nil
    case .string(let text) where text == "platform" || text == "cross-platform": return text
    default: throw .malformed("authenticatorAttachment")
    }
  }

  private static func isLowercaseLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
  }
}

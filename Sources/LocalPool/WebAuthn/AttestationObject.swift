import Cognito

/// A new credential with its authenticator's statement about it (WebAuthn Level 3, section 6.5).
///
/// Registrations ask for no attestation, and browsers then take the statement away, or leave one that the credential made about
/// itself. Those two are taken. Any other form names a maker's certificate, which this relying party has no list to check
/// against: it is refused rather than believed unread.
package struct AttestationObject: Sendable {
  package let format: String
  package let authenticatorData: AuthenticatorData
  private let statement: [CBOR: CBOR]
  private let signedBytes: [UInt8]

  package init(_ bytes: [UInt8]) throws(WebAuthnFailure) {
    guard
      let members = try CBORDecoder.decode(bytes).map, members.count == 3, let format = members[.text("fmt")]?.text,
      let statement = members[.text("attStmt")]?.map, let signedBytes = members[.text("authData")]?.bytes
    else { throw .malformed("attestationObject") }
    self.format = format
    self.statement = statement
    self.signedBytes = signedBytes
    authenticatorData = try AuthenticatorData(signedBytes)
  }

  /// Checks the statement (sections 8.2 and 8.7).
  package func verify(_ key: CredentialPublicKey, clientDataHash: [UInt8]) throws(WebAuthnFailure) {
    switch format {
    case "none":
      guard statement.isEmpty else { throw Self.malformed }
    case "packed":
      guard statement[.text("x5c")] == nil else { throw .notSupported("an attestation by its maker's certificate") }
      guard statement.count == 2, let signature = statement[.text("sig")]?.bytes else { throw Self.malformed }
      guard statement[.text("alg")] == .int(key.algorithm), key.verifies(signature, of: signedBytes + clientDataHash)
      else { throw .notProven }
    default:
      throw .notSupported("the attestation format \(format.prefix(32))")
    }
  }

  private static let malformed = WebAuthnFailure.malformed("attStmt")
}

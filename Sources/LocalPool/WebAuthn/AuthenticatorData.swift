/// What an authenticator says of itself and of the moment (WebAuthn Level 3, section 6.1).
package struct AuthenticatorData: Sendable {
  package struct Flags: OptionSet, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Somebody touched it.
    package static let userPresent = Flags(rawValue: 0x01)
    /// It knows who that was: a PIN, a finger, a face.
    package static let userVerified = Flags(rawValue: 0x04)
    /// The key may be copied to other devices.
    package static let backupEligible = Flags(rawValue: 0x08)
    /// The key has been.
    package static let backedUp = Flags(rawValue: 0x10)
    package static let attestedCredential = Flags(rawValue: 0x40)
    package static let extensions = Flags(rawValue: 0x80)
  }

  /// A new credential (section 6.5.1).
  package struct AttestedCredential: Sendable {
    package let aaguid: [UInt8]
    package let id: [UInt8]
    /// In COSE's form, as it was sent.
    package let publicKey: [UInt8]
  }

  /// SHA-256 of the relying party's id.
  package let relyingPartyIdHash: [UInt8]
  package let flags: Flags
  package let signCount: UInt32
  package let credential: AttestedCredential?

  private static let headLength = 37
  /// Longest credential id (section 4, "Credential ID").
  static let credentialIdLengths = 1...1023

  package init(_ bytes: [UInt8]) throws(WebAuthnFailure) {
    guard bytes.count >= Self.headLength else { throw Self.malformed }
    relyingPartyIdHash = Array(bytes[..<32])
    flags = Flags(rawValue: bytes[32])
    signCount = bytes[33..<Self.headLength].reduce(0) { $0 << 8 | UInt32($1) }
    var rest = bytes[Self.headLength...]
    credential = flags.contains(.attestedCredential) ? try Self.credential(&rest) : nil
    if flags.contains(.extensions) {
      let (outputs, after) = try CBORDecoder.decodeFirst(rest)
      guard outputs.map != nil else { throw Self.malformed }
      rest = after
    }
    guard rest.isEmpty else { throw Self.malformed }
  }

  private static let malformed = WebAuthnFailure.malformed("authenticatorData")

  private static func credential(_ rest: inout ArraySlice<UInt8>) throws(WebAuthnFailure) -> AttestedCredential {
    guard rest.count >= 18 else { throw malformed }
    let aaguid = Array(rest.prefix(16))
    rest = rest.dropFirst(16)
    let count = rest.prefix(2).reduce(0) { $0 << 8 | Int($1) }
    rest = rest.dropFirst(2)
    guard credentialIdLengths.contains(count), rest.count >= count else { throw malformed }
    let id = Array(rest.prefix(count))
    rest = rest.dropFirst(count)
    let (key, after) = try CBORDecoder.decodeFirst(rest)
    guard key.map != nil else { throw malformed }
    let publicKey = Array(rest.prefix(rest.count - after.count))
    rest = after
    return AttestedCredential(aaguid: aaguid, id: id, publicKey: publicKey)
  }
}

/// Why what an authenticator made is refused (WebAuthn Level 3, sections 7.1 and 7.2).
package enum WebAuthnFailure: Error, Equatable, Sendable {
  /// It can't be read; the text says what of it.
  case malformed(String)
  /// It was made on a page of another origin, or in a frame of one.
  case originNotAllowed
  /// It was made for another relying party.
  case relyingPartyMismatch
  /// An algorithm, an attestation or a user verification that the relying party doesn't take; the text says which.
  case notSupported(String)
  /// It doesn't prove what it should: another challenge, another user, a wrong signature, a counter that went back.
  case notProven
}

/// The service's exceptions for passkeys.
extension PoolException {
  static let passkeyChallengeNotFound = Self(
    "WebAuthnChallengeNotFoundException",
    "The challenge is unknown, expired or used up: call StartWebAuthnRegistration again.")
  static let passkeyClientMismatch = Self(
    "WebAuthnClientMismatchException", "The registration was started by another app client.")
  static let passkeysNotEnabled = Self(
    "WebAuthnNotEnabledException", "Passkeys are not enabled for the user pool: its sign-in policy lacks WEB_AUTHN.")
  static let passkeyConfigurationMissing = Self(
    "WebAuthnConfigurationMissingException",
    "The user pool has no relying party id and no domain: set WebAuthnConfiguration with SetUserPoolMfaConfig.")
  static let passkeyRelyingPartyMismatch = Self(
    "WebAuthnRelyingPartyMismatchException", "The credential was made for another relying party than the user pool's.")
  static let tooManyPasskeys = Self(
    "LimitExceededException", "A user can have \(PasskeyPolicy.mostPerUser) passkeys: delete one first.")

  /// The exception of a registration that fails.
  init(registration failure: WebAuthnFailure) {
    switch failure {
    case .malformed(let what):
      self = .invalidParameter("Invalid credential: \(what) can't be read.")
    case .originNotAllowed:
      self.init(
        "WebAuthnOriginNotAllowedException", "The credential was made on a page that is not of the relying party.")
    case .relyingPartyMismatch:
      self = .passkeyRelyingPartyMismatch
    case .notSupported(let what):
      self.init("WebAuthnCredentialNotSupportedException", "The user pool does not accept \(what).")
    case .notProven:
      self.init("WebAuthnCredentialNotSupportedException", "The credential's statement about itself is wrong.")
    }
  }
}

import Cognito

/// What the pool must remember of a passkey to check it.
package struct PasskeyCredential: Sendable, Equatable {
  package let id: [UInt8]
  /// In COSE's form.
  package let publicKey: [UInt8]
  package var signCount: UInt32
  /// Whether the key may be copied to other devices: never changes.
  package let isBackupEligible: Bool
  package var isBackedUp: Bool

  package init(id: [UInt8], publicKey: [UInt8], signCount: UInt32, isBackupEligible: Bool, isBackedUp: Bool) {
    self.id = id
    self.publicKey = publicKey
    self.signCount = signCount
    self.isBackupEligible = isBackupEligible
    self.isBackedUp = isBackedUp
  }
}

extension RelyingParty {
  /// Checks a new credential (WebAuthn Level 3, section 7.1), all but the challenge, which the caller has in sealed form, and
  /// whether the id is taken.
  package func register(_ response: RegistrationResponse) throws(WebAuthnFailure) -> PasskeyCredential {
    let data = response.attestation.authenticatorData
    try check(response.clientData, data)
    guard let credential = data.credential, credential.id == response.id else { throw .malformed("attestationObject") }
    let key = try CredentialPublicKey(cose: credential.publicKey)
    try response.attestation.verify(key, clientDataHash: response.clientData.hash)
    return PasskeyCredential(
      id: credential.id, publicKey: credential.publicKey, signCount: data.signCount,
      isBackupEligible: data.flags.contains(.backupEligible), isBackedUp: data.flags.contains(.backedUp))
  }

  /// Checks a sign-in (WebAuthn Level 3, section 7.2).
  ///
  /// - Parameters:
  ///   - credential: the user's, of the response's id.
  ///   - userHandle: what was given as the user's id at registration.
  /// - Returns: the credential as it is now, and whether the authenticator verified the user.
  package func authenticate(
    _ response: AuthenticationResponse, challenge: [UInt8], credential: PasskeyCredential, userHandle: [UInt8]
  ) throws(WebAuthnFailure) -> (credential: PasskeyCredential, isUserVerified: Bool) {
    guard response.id == credential.id, response.userHandle.map({ $0 == userHandle }) ?? true else { throw .notProven }
    guard constantTimeEquals(response.clientData.challenge, challenge) else { throw .notProven }
    let data = response.authenticatorData
    try check(response.clientData, data)
    guard data.flags.contains(.backupEligible) == credential.isBackupEligible else { throw .notProven }
    let key = try CredentialPublicKey(cose: credential.publicKey)
    guard key.verifies(response.signature, of: response.authenticatorDataBytes + response.clientData.hash) else {
      throw .notProven
    }
    // An authenticator that doesn't count says 0 for ever. One that counts and is not ahead has a twin.
    guard data.signCount > credential.signCount || (data.signCount == 0 && credential.signCount == 0) else {
      throw .notProven
    }
    var present = credential
    present.signCount = data.signCount
    present.isBackedUp = data.flags.contains(.backedUp)
    return (present, data.flags.contains(.userVerified))
  }

  /// What both ceremonies ask for.
  private func check(_ clientData: ClientData, _ data: AuthenticatorData) throws(WebAuthnFailure) {
    guard !clientData.isCrossOrigin, allows(origin: clientData.origin) else { throw .originNotAllowed }
    guard constantTimeEquals(data.relyingPartyIdHash, Digest.sha256(Array(id.utf8))) else {
      throw .relyingPartyMismatch
    }
    guard data.flags.contains(.userPresent) else { throw .notSupported("an authenticator that nobody touched") }
    guard !requiresUserVerification || data.flags.contains(.userVerified) else {
      throw .notSupported("an authenticator that doesn't verify its user")
    }
    guard data.flags.contains(.backupEligible) || !data.flags.contains(.backedUp) else {
      throw .malformed("the backup flags")
    }
  }
}

extension SignedInUser {
  /// Begins to set up an authenticator app (AssociateSoftwareToken). It counts once a code of it is verified.
  ///
  /// During a sign-in that demands it, ``SignInStep/setUpSoftwareToken(_:)`` does the same.
  ///
  /// - Parameters:
  ///   - issuer: what the app shows for the service.
  ///   - account: what the app shows for the user, such as the user name.
  /// - Returns: the secret that the app gets, as text and as an address for a QR code.
  /// - Throws: ``CognitoError``.
  public func associateSoftwareToken(issuer: String, account: String) async throws(CognitoError) -> SoftwareTokenSetup {
    guard let secret = try await call("AssociateSoftwareToken")["SecretCode"]?.string, !secret.isEmpty else {
      throw CognitoError(.malformedResponse, "The service gave no secret for an authenticator app.")
    }
    return SoftwareTokenSetup(secret: Secret(utf8: secret), issuer: issuer, account: account)
  }

  /// Ends the set-up of an authenticator app with a code of it (VerifySoftwareToken).
  ///
  /// - Parameters:
  ///   - code: six digits.
  ///   - deviceName: what the user calls the app or the telephone.
  /// - Throws: ``CognitoError/Code/enableSoftwareTokenMFA`` or ``CognitoError/Code/codeMismatch`` for a wrong code.
  public func verifySoftwareToken(code: String, deviceName: String? = nil) async throws(CognitoError) {
    let output = try await call(
      "VerifySoftwareToken", ["UserCode": .string(code), "FriendlyDeviceName": deviceName.map { .string($0) }])
    guard output["Status"]?.string == "SUCCESS" else {
      throw CognitoError(.codeMismatch, "The service didn't accept the code of the authenticator app.")
    }
  }

  /// Turns second factors on and off (SetUserMFAPreference).
  ///
  /// - Throws: ``CognitoError``.
  public func setMFA(_ preferences: MFAPreferences) async throws(CognitoError) {
    try await call("SetUserMFAPreference", preferences.wire())
  }
}

extension SignedInUser {
  /// Begins to set up an authenticator app (AssociateSoftwareToken). It counts once a code of it is verified.
  ///
  /// - Returns: the secret that the app gets, in base 32.
  /// - Throws: ``CognitoError``.
  public func associateSoftwareToken() async throws -> SoftwareTokenSecret {
    try SoftwareTokenSecret(await call("AssociateSoftwareToken"))
  }

  /// Ends the set-up of an authenticator app with a code of it (VerifySoftwareToken).
  ///
  /// - Parameters:
  ///   - code: six digits.
  ///   - deviceName: what the user calls the app or the telephone.
  /// - Throws: ``CognitoError/Code/enableSoftwareTokenMFA`` or ``CognitoError/Code/codeMismatch`` for a wrong code.
  public func verifySoftwareToken(code: String, deviceName: String? = nil) async throws {
    let output = try await call(
      "VerifySoftwareToken", ["UserCode": .string(code), "FriendlyDeviceName": deviceName.map { .string($0) }])
    guard output["Status"]?.string == "SUCCESS" else {
      throw CognitoError(.codeMismatch, "The service didn't accept the code of the authenticator app.")
    }
  }

  /// Turns second factors on and off (SetUserMFAPreference).
  ///
  /// - Throws: ``CognitoError``.
  public func setMFA(_ preferences: MFAPreferences) async throws {
    try await call("SetUserMFAPreference", preferences.wire())
  }
}

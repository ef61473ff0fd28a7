/// What comes next in a sign-in.
public enum SignInStep: Sendable {
  /// Signed in.
  case done(SignInResult)
  /// The code that the user's authenticator app shows. Answer: ``SignInAnswer/code(_:)``.
  case softwareTokenMFA(deviceName: String?)
  /// A code sent by text message, as second factor. Answer: ``SignInAnswer/code(_:)``.
  case smsMFA(CodeDelivery?)
  /// A code sent by e-mail, as first or second factor. Answer: ``SignInAnswer/code(_:)``.
  case emailOTP(CodeDelivery?)
  /// A code sent by text message, as first factor. Answer: ``SignInAnswer/code(_:)``.
  case smsOTP(CodeDelivery?)
  /// The password must be changed now. Answer: ``SignInAnswer/newPassword(_:attributes:)``.
  case newPasswordRequired(NewPasswordRequest)
  /// Which second factor to use. Answer: ``SignInAnswer/factor(_:)``.
  case selectMFA([MFAFactor])
  /// A second factor must be set up, one of these. Answer: ``SignInAnswer/factor(_:)`` with
  /// ``MFAFactor/softwareToken``, or ``SignInAnswer/email(_:)``.
  case setUpMFA([MFAFactor])
  /// Show this secret to the user's authenticator app, then answer with its first code.
  case setUpSoftwareToken(SoftwareTokenSetup)
  /// How to begin. Answer: ``SignInAnswer/firstFactor(_:)``.
  case selectFirstFactor([FirstFactor])
  /// The password. Answer: ``SignInAnswer/password(_:)``.
  case password
  /// A question of the pool's own, with its public parameters. Answer: ``SignInAnswer/custom(_:)``.
  case customChallenge([String: String])
  /// A passkey must sign these options (PublicKeyCredentialRequestOptionsJSON). Answer:
  /// ``SignInAnswer/credential(_:)``.
  case webAuthn(options: JSONValue)
  /// A challenge that this version doesn't know. Answer: ``SignInAnswer/responses(_:)``.
  case unknown(UnknownChallenge)
}

/// What a forced change of the password asks for.
public struct NewPasswordRequest: Sendable, Hashable {
  /// Attributes that must be given with it, such as "email".
  public let requiredAttributes: [String]
  /// The user's attributes as they are.
  public let attributes: [String: String]
}

/// A challenge as it came.
public struct UnknownChallenge: Sendable, Hashable {
  /// The service's name for it.
  public let name: String
  /// What it says.
  public let parameters: [String: String]
}

/// The end of a sign-in.
public struct SignInResult: Sendable {
  /// The user's tokens, verified.
  public let tokens: TokenSet
  /// A device that the pool has begun to track for this sign-in. Until it is confirmed the pool renews nothing: see
  /// ``mustConfirmDevice``.
  public let newDevice: NewDevice?
  /// Whether the pool no longer knows the device that was given: delete what is kept of it.
  public let deviceWasForgotten: Bool

  /// Whether the session ends with its first tokens (after an hour, mostly) unless the new device is confirmed now:
  /// pools that track devices answer a renewal with "Invalid Refresh Token" before that. ``SignedInUser/confirm(_:name:)``
  /// and ``UserPoolClient/confirmNewDevice(of:name:)`` do it.
  public var mustConfirmDevice: Bool { newDevice != nil }
}

/// What comes next in a sign-in. A later version may add steps: a `switch` outside this package has a default.
@nonexhaustive
public enum SignInStep: Sendable {
  /// Signed in.
  case done(SignInResult)
  /// A code: of the user's authenticator app, or one that was sent. Answer: ``SignInAnswer/code(_:)``.
  case code(CodeRequest)
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

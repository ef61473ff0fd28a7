/// What the user, or the program for them, answers to a ``SignInStep``.
@nonexhaustive
public enum SignInAnswer: Sendable {
  /// To every step that asks for a code, and to ``SignInStep/setUpSoftwareToken(_:)``.
  case code(String)
  /// To ``SignInStep/password``.
  case password(Secret)
  /// To ``SignInStep/newPasswordRequired(_:)``, with the attributes that are required.
  case newPassword(Secret, attributes: [String: String] = [:])
  /// To ``SignInStep/selectMFA(_:)`` and ``SignInStep/setUpMFA(_:)``.
  case factor(MFAFactor)
  /// To ``SignInStep/selectFirstFactor(_:)``.
  case firstFactor(FirstFactor)
  /// To ``SignInStep/setUpMFA(_:)``: the address that codes shall go to.
  case email(String)
  /// To ``SignInStep/customChallenge(_:)``.
  case custom(String)
  /// To ``SignInStep/webAuthn(options:)``: the authenticator's AuthenticationResponseJSON (WebAuthn Level 3).
  case credential(JSONValue)
  /// To ``SignInStep/unknown(_:)``: the ChallengeResponses as they are; user name, secret hash and device are added.
  case responses([String: String])
}

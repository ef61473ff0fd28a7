import Cognito

/// What a step of a sign-in came to. A step never calls the next one: `SignInOrder` alone knows which that is.
enum SignInOutcome {
  /// The user has shown this; the sign-in goes on.
  case passed(SignInStage)
  /// The client is asked for something: the answer of this call.
  case asks(JSONValue)
}

/// How far a sign-in has come.
enum SignInStage {
  /// The password, a code, a passkey, or the code of a sign-up just before.
  case firstFactor
  /// A password in place of a temporary one.
  case newPassword
  case secondFactor
  /// CUSTOM_AUTH: whatever the pool's triggers ask for.
  case customChallenges
  /// A remembered device's proof.
  case device
}

extension CognitoError.Code {
  /// Whether a step of a sign-in, refused with this code, waits for another answer: ask the person again.
  ///
  /// True where the answer was wrong and the sign-in is not: a wrong code, an authenticator app's code that was used
  /// already, a new password against the pool's policy or its history, an answer of an impossible form. The pool keeps
  /// the session then, and ``SignIn`` stays at its step. False for everything that another answer doesn't mend: start
  /// again, wait, or tell the person. A pool counts wrong answers and ends the sign-in by itself
  /// (``notAuthorized``); ask a few times at most all the same.
  ///
  /// It is about what ``SignIn/respond(_:)`` throws. A refused ``SignIn/start(_:)`` has no step to answer.
  public var asksAgain: Bool {
    switch self {
    case .codeMismatch, .enableSoftwareTokenMFA, .expiredCode: true
    case .invalidPassword, .passwordHistoryPolicyViolation: true
    case .invalidParameter, .invalidInput: true
    default: false
    }
  }
}

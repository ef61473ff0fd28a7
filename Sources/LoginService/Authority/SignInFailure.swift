import Cognito

/// A pool's error by what the conversation does next.
enum SignInFailure: Equatable {
  /// Wrong name, password or account: which of them, nobody is told.
  case denied
  /// The answer is wrong: it may be asked for again.
  case wrongCode
  /// The pool refuses the person whatever the password.
  case disabled
  /// Too many attempts, by the pool's count.
  case locked
  /// The password must be reset elsewhere first.
  case resetRequired
  /// The sign-up was never confirmed.
  case unconfirmed
  /// The new password is refused, in the pool's words.
  case passwordRefused(String)
  /// Something that was typed beside the new password, in the pool's words.
  case attributeRefused(String)
  /// A code that was asked for can't be sent.
  case unsendable
  /// The person can't be authenticated as strongly as is wanted.
  case tooWeak
  /// The pool said yes, by tokens that are of another day: this machine's clock is wrong.
  case wrongClock
  /// No verdict: the pool can't be reached, or its answer can't be used.
  case unavailable

  /// - Parameter withNewPassword: whether the call carried a password that somebody just made up.
  init(_ error: any Error, withNewPassword: Bool = false) {
    guard let error = error as? CognitoError else {
      self = .unavailable
      return
    }
    switch error.code {
    case .invalidPassword, .passwordHistoryPolicyViolation: self = .passwordRefused(error.message)
    case let code where code.asksAgain: self = withNewPassword ? .attributeRefused(error.message) : .wrongCode
    case .aliasExists where withNewPassword: self = .attributeRefused(error.message)
    case .codeDeliveryFailure: self = .unsendable
    case .notAuthorized, .userNotFound, .unexpectedAnswer: self = .denied
    case .userDisabled: self = .disabled
    case .passwordAttemptsExceeded, .tooManyFailedAttempts, .limitExceeded: self = .locked
    case .passwordResetRequired: self = .resetRequired
    case .userNotConfirmed: self = .unconfirmed
    // The pool's own triggers say no on purpose.
    case .userLambdaValidation, .forbidden: self = .denied
    case .tokenExpired, .tokenNotYetValid: self = .wrongClock
    case .insufficientUserAuthentication: self = .tooWeak
    default: self = .unavailable
    }
  }
}

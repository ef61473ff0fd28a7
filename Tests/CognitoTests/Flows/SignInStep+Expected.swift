import Cognito

extension SignInStep {
  /// The end of a sign-in, where it must be one.
  func finished() throws -> SignInResult {
    guard case .done(let result) = self else { throw UnexpectedStep(step: "\(self)") }
    return result
  }

  /// Where a code was sent, where one must have been.
  func delivery() throws -> CodeDelivery {
    switch self {
    case .smsMFA(let delivery?), .emailOTP(let delivery?), .smsOTP(let delivery?): return delivery
    default: throw UnexpectedStep(step: "\(self)")
    }
  }
}

struct UnexpectedStep: Error { let step: String }

import Cognito

extension SignInStep {
  /// The end of a sign-in, where it must be one.
  func finished() throws -> SignInResult {
    guard case .done(let result) = self else { throw UnexpectedStep(step: "\(self)") }
    return result
  }

  /// The code that is asked for, where one must be.
  func code() throws -> CodeRequest {
    guard case .code(let request) = self else { throw UnexpectedStep(step: "\(self)") }
    return request
  }

  /// Where a code was sent, where one must have been.
  func delivery() throws -> CodeDelivery {
    guard let delivery = try code().delivery else { throw UnexpectedStep(step: "\(self)") }
    return delivery
  }
}

struct UnexpectedStep: Error { let step: String }

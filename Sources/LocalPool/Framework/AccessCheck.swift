import Cognito

/// Lets an operation run only for who may call it.
enum AccessCheck {
  /// The caller, for operations that need an access token; nil for the others.
  static func check(
    _ access: OperationAccess, _ request: PoolRequest, _ input: OperationInput, _ context: PoolContext
  ) throws -> Caller? {
    switch access {
    case .none:
      return nil
    case .accessToken:
      return try AccessTokenReader.caller(token: try input.string("AccessToken"), context: context)
    case .iam:
      try AdminSignatureCheck.check(request, context)
      return nil
    }
  }
}

import Cognito

/// Lets an operation run only for who may call it.
enum AccessCheck {
  /// What is asked for before the input is looked at: the signature of administrators' calls.
  static func checkSignature(
    _ access: OperationAccess, _ request: PoolRequest, _ context: PoolContext
  ) throws(PoolException) {
    guard access == .iam else { return }
    try AdminSignatureCheck.check(request, context)
  }

  /// The caller, for operations that need an access token; nil for the others.
  static func caller(_ access: OperationAccess, _ input: OperationInput, _ context: PoolContext) throws -> Caller? {
    guard access == .accessToken else { return nil }
    return try AccessTokenReader.caller(token: try input.string("AccessToken"), context: context)
  }
}

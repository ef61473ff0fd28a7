import Cognito

/// Lets an operation run only for who may call it.
enum AccessCheck {
  /// What is asked for before the input is looked at: the signature of administrators' calls.
  ///
  /// - Returns: whether the call is signed as such.
  static func checkSignature(
    _ access: OperationAccess, _ request: PoolRequest, _ context: PoolContext
  ) throws(PoolException) -> Bool {
    switch access {
    case .none, .accessToken: return false
    case .iam: break
    case .iamOrClient: guard AdminSignatureCheck.isSigned(request) else { return false }
    }
    try AdminSignatureCheck.check(request, context)
    return true
  }

  /// The caller, for operations that need an access token; nil for the others.
  static func caller(_ access: OperationAccess, _ input: OperationInput, _ context: PoolContext) throws -> Caller? {
    guard access == .accessToken else { return nil }
    return try AccessTokenReader.caller(token: try input.string("AccessToken"), context: context)
  }
}

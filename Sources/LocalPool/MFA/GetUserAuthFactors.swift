import Cognito

/// The ways by which the caller can begin a sign-in, and their second factors.
enum GetUserAuthFactors: PoolOperation {
  static let name = "GetUserAuthFactors"
  static let access = OperationAccess.accessToken

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let caller = try request.requireCaller()
    return try AuthFactors.json(of: caller.user, in: caller.pool, request.context)
  }
}

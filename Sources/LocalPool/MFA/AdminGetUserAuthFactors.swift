import Cognito

/// The ways by which a user can begin a sign-in, and their second factors.
enum AdminGetUserAuthFactors: PoolOperation {
  static let name = "AdminGetUserAuthFactors"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let pool = try request.pool()
    return try AuthFactors.json(of: request.user(in: pool), in: pool, request.context)
  }
}

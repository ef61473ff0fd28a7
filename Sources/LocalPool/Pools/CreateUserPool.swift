import Cognito

/// Makes a user pool.
enum CreateUserPool: PoolOperation {
  static let name = "CreateUserPool"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let pool = try PoolFactory.make(request.input, context: request.context)
    return ["UserPool": pool.descriptionJSON(users: 0)]
  }
}

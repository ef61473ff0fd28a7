import Cognito

/// Makes an app client.
enum CreateUserPoolClient: PoolOperation {
  static let name = "CreateUserPoolClient"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let client = try ClientFactory.make(request.input, in: try request.pool(), context: request.context)
    return ["UserPoolClient": client.descriptionJSON()]
  }
}

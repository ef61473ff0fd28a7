import Cognito

/// Makes an app client.
enum CreateUserPoolClient: PoolOperation {
  static let name = "CreateUserPoolClient"
  static let access = OperationAccess.iam
  static let shape = InputShape(
    [
      .required("UserPoolId", .poolID), .required("ClientName", ClientShapes.name), .optional("GenerateSecret", .bool),
      .optional("ClientSecret", ClientShapes.secret),
    ] + ClientShapes.settings)

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let client = try ClientFactory.make(request.input, in: try request.pool(), context: request.context)
    return ["UserPoolClient": client.descriptionJSON()]
  }
}

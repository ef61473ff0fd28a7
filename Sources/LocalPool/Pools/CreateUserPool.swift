import Cognito

/// Makes a user pool.
enum CreateUserPool: PoolOperation {
  static let name = "CreateUserPool"
  static let access = OperationAccess.iam
  static let shape = InputShape(
    [
      .required("PoolName", PoolShapes.name),
      .optional("AliasAttributes", .strings(.choice(["phone_number", "email", "preferred_username"]))),
      .optional("UsernameAttributes", .strings(PoolShapes.verifiable)),
      .optional("Schema", .list(PoolShapes.attribute, 1...50)),
      .optional("UsernameConfiguration", .object([.required("CaseSensitive", .bool)])),
    ] + PoolShapes.settings)

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let pool = try PoolFactory.make(request.input, context: request.context)
    return ["UserPool": pool.descriptionJSON(users: 0)]
  }
}

import Cognito

/// Lists a user's devices.
enum AdminListDevices: PoolOperation {
  static let name = "AdminListDevices"
  static let access = OperationAccess.iam
  static let shape: InputShape = [
    .required("UserPoolId", .poolID), .required("Username", .username), .optional("Limit", .limit),
    .optional("PaginationToken", .pagingToken),
  ]

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let user = try request.user(in: try request.pool())
    return try DeviceActions.list(of: user, request)
  }
}

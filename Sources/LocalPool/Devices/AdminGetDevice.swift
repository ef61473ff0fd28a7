import Cognito

/// Tells about one device of a user.
enum AdminGetDevice: PoolOperation {
  static let name = "AdminGetDevice"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let user = try request.user(in: try request.pool())
    return try DeviceActions.get(try request.input.string("DeviceKey"), of: user, request.context)
  }
}

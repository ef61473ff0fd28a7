import Cognito

/// Lists a user's devices.
enum AdminListDevices: PoolOperation {
  static let name = "AdminListDevices"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let user = try request.user(in: try request.pool())
    return try DeviceActions.list(of: user, request)
  }
}

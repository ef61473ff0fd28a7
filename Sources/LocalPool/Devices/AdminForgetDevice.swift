import Cognito

/// Forgets a device of a user.
enum AdminForgetDevice: PoolOperation {
  static let name = "AdminForgetDevice"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let user = try request.user(in: try request.pool())
    try DeviceActions.forget(try request.input.string("DeviceKey"), of: user, request.context)
    return [:]
  }
}

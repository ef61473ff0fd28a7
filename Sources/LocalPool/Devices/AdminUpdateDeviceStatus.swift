import Cognito

/// Remembers a device of a user, or no longer.
enum AdminUpdateDeviceStatus: PoolOperation {
  static let name = "AdminUpdateDeviceStatus"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let user = try request.user(in: try request.pool())
    let isRemembered = try request.input.string("DeviceRememberedStatus") == "remembered"
    try DeviceActions.setRemembered(
      isRemembered, try request.input.string("DeviceKey"), of: user, request.context)
    return [:]
  }
}

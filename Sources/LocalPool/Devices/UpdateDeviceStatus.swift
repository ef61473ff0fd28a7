import Cognito

/// Remembers a device of the caller, or no longer.
enum UpdateDeviceStatus: PoolOperation {
  static let name = "UpdateDeviceStatus"
  static let access = OperationAccess.accessToken

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let user = try request.requireCaller().user
    let isRemembered = try request.input.string("DeviceRememberedStatus") == "remembered"
    try DeviceActions.setRemembered(
      isRemembered, try request.input.string("DeviceKey"), of: user, request.context)
    return [:]
  }
}

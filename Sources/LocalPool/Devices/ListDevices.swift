import Cognito

/// Lists the caller's devices.
enum ListDevices: PoolOperation {
  static let name = "ListDevices"
  static let access = OperationAccess.accessToken

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let user = try request.requireCaller().user
    return try DeviceActions.list(of: user, request)
  }
}

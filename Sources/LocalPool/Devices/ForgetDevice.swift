import Cognito

/// Forgets a device of the caller.
enum ForgetDevice: PoolOperation {
  static let name = "ForgetDevice"
  static let access = OperationAccess.accessToken

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let user = try request.requireCaller().user
    try DeviceActions.forget(try request.input.string("DeviceKey"), of: user, request.context)
    return [:]
  }
}

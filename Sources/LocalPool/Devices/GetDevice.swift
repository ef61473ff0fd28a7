import Cognito

/// Tells about one device of the caller.
enum GetDevice: PoolOperation {
  static let name = "GetDevice"
  static let access = OperationAccess.accessToken

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let user = try request.requireCaller().user
    return try DeviceActions.get(try request.input.string("DeviceKey"), of: user, request.context)
  }
}

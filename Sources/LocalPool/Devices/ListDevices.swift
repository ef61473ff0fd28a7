import Cognito

/// Lists the caller's devices.
enum ListDevices: PoolOperation {
  static let name = "ListDevices"
  static let access = OperationAccess.accessToken
  static let shape: InputShape = [
    .required("AccessToken", .accessToken), .optional("Limit", .limit), .optional("PaginationToken", .pagingToken),
  ]

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let user = try request.requireCaller().user
    return try DeviceActions.list(of: user, request)
  }
}

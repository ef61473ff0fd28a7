import Cognito

/// The caller deletes their own account.
enum DeleteUser: PoolOperation {
  static let name = "DeleteUser"
  static let access = OperationAccess.accessToken

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let caller = try request.requireCaller()
    try request.context.store.write { try $0.users.delete(caller.user) }
    return [:]
  }
}

import Cognito

/// Deletes a user and all that is theirs.
enum AdminDeleteUser: PoolOperation {
  static let name = "AdminDeleteUser"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let user = try request.user(in: try request.pool())
    try request.context.store.write { try $0.users.delete(user) }
    return [:]
  }
}

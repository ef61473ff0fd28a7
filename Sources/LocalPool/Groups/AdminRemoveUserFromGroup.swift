import Cognito

/// Takes a user out of a group.
enum AdminRemoveUserFromGroup: PoolOperation {
  static let name = "AdminRemoveUserFromGroup"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let pool = try request.pool()
    let user = try request.user(in: pool)
    let group = try request.group(in: pool)
    try request.context.store.write { try $0.groups.remove(user: user.id, from: group.name, in: pool.id) }
    return [:]
  }
}

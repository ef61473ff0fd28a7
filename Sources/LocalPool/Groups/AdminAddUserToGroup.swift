import Cognito

/// Puts a user into a group.
enum AdminAddUserToGroup: PoolOperation {
  static let name = "AdminAddUserToGroup"
  static let access = OperationAccess.iam
  private static let mostGroups = 100

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let pool = try request.pool()
    let user = try request.user(in: pool)
    let group = try request.group(in: pool)
    try request.context.store.write { transaction in
      try transaction.groups.add(user: user.id, to: group.name, in: pool.id)
      guard try transaction.groups.groups(of: user.id).count <= mostGroups else {
        throw PoolException("LimitExceededException", "A user can be in at most \(mostGroups) groups.")
      }
    }
    return [:]
  }
}

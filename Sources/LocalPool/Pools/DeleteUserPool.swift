import Cognito

/// Deletes a user pool and all that is in it, unless it is protected.
enum DeleteUserPool: PoolOperation {
  static let name = "DeleteUserPool"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let pool = try request.pool()
    guard pool.settings.deletionProtection != "ACTIVE" else {
      throw PoolException.invalidParameter(
        "The user pool cannot be deleted because deletion protection is activated. "
          + "Deletion protection must be inactivated first.")
    }
    try request.context.store.write { transaction in
      guard try transaction.resources.list(.domain, pool: pool.id, limit: 1).isEmpty else {
        throw PoolException.invalidParameter(
          "User pool cannot be deleted. It has a domain configured that should be deleted first.")
      }
      try transaction.pools.delete(pool.id)
    }
    request.context.keys.forget(poolID: pool.id)
    return [:]
  }
}

import Cognito

/// Replaces a user pool's settings; those that aren't named go back to their defaults, as on AWS.
enum UpdateUserPool: PoolOperation {
  static let name = "UpdateUserPool"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    var pool = try request.pool()
    pool.document = try PoolDocument.updated(pool, from: request.input)
    pool.modifiedAt = request.context.clock.now
    try request.context.store.write { try $0.pools.update(pool) }
    return [:]
  }
}

import Cognito

/// Lets a pool track its users' sessions, or not, and sets how many a user can have.
enum SetUserPoolSessionConfiguration: PoolOperation {
  static let name = "SetUserPoolSessionConfiguration"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    var pool = try request.pool()
    guard pool.settings.hasEssentials else { throw PoolException.featureUnavailable("Session tracking") }
    let members = request.input.members.filter { ["UserSessionTracking", "TokenSession"].contains($0.key) }
    pool.document = try PoolDocument.replacing(["SessionConfiguration": .object(members)], of: pool)
    pool.modifiedAt = request.context.clock.now
    let changed = pool
    try request.context.store.write { transaction in
      try transaction.pools.update(changed)
      // Records of a time without tracking would be wrong about what was used last.
      if !changed.settings.tracksSessions { try transaction.userSessions.deleteAll(ofPool: changed.id) }
    }
    return GetUserPoolSessionConfiguration.json(of: pool)
  }
}

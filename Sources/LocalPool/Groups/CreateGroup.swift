import Cognito

/// Makes a group.
enum CreateGroup: PoolOperation {
  static let name = "CreateGroup"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let pool = try request.pool()
    let input = request.input
    let now = request.context.clock.now
    let group = GroupRecord(
      poolID: pool.id, name: try input.string("GroupName"), description: try input.optionalString("Description"),
      roleArn: try input.optionalString("RoleArn"), precedence: try input.optionalInt("Precedence"), createdAt: now,
      modifiedAt: now)
    try request.context.store.write { transaction in
      guard try transaction.groups.find(group.name, in: pool.id) == nil else {
        throw PoolException("GroupExistsException", "A group with the name \(group.name) already exists.")
      }
      try transaction.groups.insert(group)
    }
    return ["Group": group.json]
  }
}

import Cognito

/// Changes what is named of a group.
enum UpdateGroup: PoolOperation {
  static let name = "UpdateGroup"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let pool = try request.pool()
    let input = request.input
    let name = try input.string("GroupName")
    let changed = try request.context.store.write { transaction in
      guard var group = try transaction.groups.find(name, in: pool.id) else { throw GroupRecord.notFound() }
      group.description = try input.optionalString("Description") ?? group.description
      group.roleArn = try input.optionalString("RoleArn") ?? group.roleArn
      group.precedence = try input.optionalInt("Precedence") ?? group.precedence
      group.modifiedAt = request.context.clock.now
      try transaction.groups.update(group)
      return group
    }
    return ["Group": changed.json]
  }
}

import Cognito

/// Deletes a group; its users stay.
enum DeleteGroup: PoolOperation {
  static let name = "DeleteGroup"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let pool = try request.pool()
    let group = try request.group(in: pool)
    try request.context.store.write { try $0.groups.delete(group.name, in: pool.id) }
    return [:]
  }
}

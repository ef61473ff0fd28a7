import Cognito

/// Removes a resource server.
enum DeleteResourceServer: PoolOperation {
  static let name = "DeleteResourceServer"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let pool = try request.pool()
    let server = try request.resource(.resourceServer, "Identifier", of: pool)
    try request.context.store.write { try $0.resources.delete(.resourceServer, server.name, in: pool.id) }
    return [:]
  }
}

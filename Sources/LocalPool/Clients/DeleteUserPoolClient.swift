import Cognito

/// Deletes an app client and the refresh tokens that were given to it.
enum DeleteUserPoolClient: PoolOperation {
  static let name = "DeleteUserPoolClient"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let client = try request.client()
    try request.context.store.write { try $0.clients.delete(client.id) }
    return [:]
  }
}

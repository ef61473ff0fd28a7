import Cognito

/// Deletes an app client and the refresh tokens that were given to it.
enum DeleteUserPoolClient: PoolOperation {
  static let name = "DeleteUserPoolClient"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let client = try request.client()
    try request.context.store.write { transaction in
      try transaction.clients.delete(client.id)
      for kind in [ResourceRecord.Kind.terms, .branding] {
        for resource in try ClientResource.all(kind, of: client.id, in: client.poolID, transaction) {
          try transaction.resources.delete(kind, resource.name, in: client.poolID)
        }
      }
      try transaction.resources.delete(.look, client.id, in: client.poolID)
    }
    return [:]
  }
}

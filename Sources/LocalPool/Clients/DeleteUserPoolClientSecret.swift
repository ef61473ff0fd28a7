import Cognito

/// Takes one of its secrets from an app client; never the last, which would make it a public one.
enum DeleteUserPoolClientSecret: PoolOperation {
  static let name = "DeleteUserPoolClientSecret"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let client = try request.client()
    let id = try request.input.string("ClientSecretId")
    guard client.secrets.contains(where: { $0.id == id }) else {
      throw PoolException.resourceNotFound("Client secret \(id) does not exist.")
    }
    guard client.secrets.count > 1 else {
      throw PoolException.invalidParameter("The last secret of an app client can't be deleted.")
    }
    try request.context.store.write { try $0.clients.deleteSecret(id, of: client.id) }
    return [:]
  }
}

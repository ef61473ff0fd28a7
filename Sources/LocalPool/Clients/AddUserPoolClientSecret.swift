import Cognito

/// Gives an app client a second secret, so that the first can be replaced without an outage.
enum AddUserPoolClientSecret: PoolOperation {
  static let name = "AddUserPoolClientSecret"
  static let access = OperationAccess.iam
  private static let mostSecrets = 2

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let client = try request.client()
    guard client.secrets.count < mostSecrets else {
      throw PoolException("LimitExceededException", "An app client has at most \(mostSecrets) secrets.")
    }
    let given = try request.input.optionalString("ClientSecret")
    let secret = ClientFactory.secret(given ?? ClientFactory.makeSecret(request.context.random), request.context)
    try request.context.store.write { try $0.clients.insert(secret, of: client.id) }
    var members: [String: JSONValue] = [
      "ClientSecretId": .string(secret.id), "ClientSecretCreateDate": .time(secret.createdAt),
    ]
    // A secret of the caller's own isn't repeated.
    if given == nil { members["ClientSecretValue"] = .string(secret.value) }
    return ["ClientSecretDescriptor": .object(members)]
  }
}

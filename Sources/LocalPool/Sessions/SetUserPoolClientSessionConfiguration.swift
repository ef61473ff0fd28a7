import Cognito

/// Sets for how long an app client takes a browser's session without asking who is there.
enum SetUserPoolClientSessionConfiguration: PoolOperation {
  static let name = "SetUserPoolClientSessionConfiguration"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let pool = try request.pool()
    guard pool.settings.hasEssentials else { throw PoolException.featureUnavailable("Session tracking") }
    guard pool.settings.tracksSessions else { throw UserSessions.disabled }
    var client = try request.client()
    var document = JSONValue.document(client.document.json)
    document[ClientDocument.sessions] = ["SSOSession": request.input["SSOSession"] ?? [:]]
    client.document = try AWSDocument(given: JSONValue.object(document).serialized())
    client.modifiedAt = request.context.clock.now
    try request.context.store.write { try $0.clients.update(client) }
    return GetUserPoolClientSessionConfiguration.json(of: client)
  }
}

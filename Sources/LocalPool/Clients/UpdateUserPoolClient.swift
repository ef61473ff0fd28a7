import Cognito

/// Replaces an app client's settings; those that aren't named go back to their defaults, as on AWS.
enum UpdateUserPoolClient: PoolOperation {
  static let name = "UpdateUserPoolClient"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    var client = try request.client()
    let name = try request.input.optionalString("ClientName") ?? client.settings.clientName
    client.document = try ClientDocument.make(
      from: request.input, name: name, pool: try request.pool(), former: client.document)
    client.modifiedAt = request.context.clock.now
    let (changed, pool) = (client, try request.pool())
    try request.context.store.write { transaction in
      try ClientReferences.check(changed.settings, in: pool, transaction)
      try transaction.clients.update(changed)
    }
    return ["UserPoolClient": client.descriptionJSON()]
  }
}

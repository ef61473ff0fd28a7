import Cognito

/// Adds a resource server, whose scopes clients may then ask for.
enum CreateResourceServer: PoolOperation {
  static let name = "CreateResourceServer"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let pool = try request.pool()
    let identifier = try request.input.string("Identifier")
    let now = request.context.clock.now
    let server = ResourceRecord(
      poolID: pool.id, kind: .resourceServer, name: identifier,
      json: JSONValue.object(request.given(["Name", "Scopes"])).serialized(), createdAt: now, modifiedAt: now)
    try request.context.store.write { transaction in
      guard try transaction.resources.find(.resourceServer, identifier, in: pool.id) == nil else {
        throw PoolException.invalidParameter("\(identifier) already exists in user pool \(pool.id).")
      }
      try transaction.resources.save(server)
    }
    return ["ResourceServer": server.resourceServerJSON]
  }
}

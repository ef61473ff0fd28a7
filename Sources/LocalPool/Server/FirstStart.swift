import Cognito

/// The pool and app client that a new state directory begins with.
enum FirstStart {
  struct Made {
    let userPoolID: String
    let clientID: String
  }

  /// The first pool and its first client; both are made when the store is empty.
  static func ensure(_ context: PoolContext) throws -> Made {
    let pool = try context.store.read { try $0.pools.list(limit: 1).first } ?? makePool(context)
    let client =
      try context.store.read { try $0.clients.list(pool: pool.id, limit: 1).first } ?? makeClient(pool, context)
    return Made(userPoolID: pool.id, clientID: client.id)
  }

  /// A software token is allowed as second factor, not asked for.
  private static func makePool(_ context: PoolContext) throws -> PoolRecord {
    var pool = try PoolFactory.make(OperationInput(["PoolName": "local"]), context: context)
    var document = try JSONValue.parse(pool.document.json).object ?? [:]
    document["MfaConfiguration"] = "OPTIONAL"
    document["SoftwareTokenMfaConfiguration"] = ["Enabled": true]
    pool.document = try AWSDocument(json: JSONValue.object(document).serialized())
    let changed = pool
    try context.store.write { try $0.pools.update(changed) }
    return changed
  }

  /// Public, with every flow that a user or an administrator can begin.
  private static func makeClient(_ pool: PoolRecord, _ context: PoolContext) throws -> ClientRecord {
    try ClientFactory.make(
      OperationInput([
        "ClientName": "local",
        "ExplicitAuthFlows": [
          "ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_CUSTOM_AUTH",
          "ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH",
        ],
      ]), in: pool, context: context)
  }
}

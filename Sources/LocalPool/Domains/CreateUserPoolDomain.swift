import Cognito

/// The name under which a pool's pages are known. Here it is kept and shown; the pages themselves are at the endpoint,
/// and `client_id` says of which pool.
enum CreateUserPoolDomain: PoolOperation {
  static let name = "CreateUserPoolDomain"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let pool = try request.pool()
    let domain = try request.input.string("Domain")
    let now = request.context.clock.now
    let version = request.input["ManagedLoginVersion"] ?? 1
    let settings = try DomainSettings.given(request).merging(["ManagedLoginVersion": version]) { $1 }
    try request.context.store.write { transaction in
      guard try transaction.resources.owner(ofDomain: domain) == nil else {
        throw PoolException.invalidParameter("Domain already associated with another user pool.")
      }
      guard try transaction.resources.list(.domain, pool: pool.id, limit: 1).isEmpty else {
        throw PoolException.invalidParameter("User pool already has a domain configured.")
      }
      try transaction.resources.save(
        ResourceRecord(
          poolID: pool.id, kind: .domain, name: domain,
          json: JSONValue.object(settings).serialized(), createdAt: now, modifiedAt: now))
    }
    return ["ManagedLoginVersion": version]
  }
}

import Cognito

/// Changes the settings of a pool's domain.
enum UpdateUserPoolDomain: PoolOperation {
  static let name = "UpdateUserPoolDomain"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let pool = try request.pool()
    let domain = try request.input.string("Domain")
    let given = try DomainSettings.given(request)
    let changed = try request.context.store.write { transaction in
      guard let found = try transaction.resources.find(.domain, domain, in: pool.id) else {
        throw PoolException.resourceNotFound("No such domain or user pool exists.")
      }
      let changed = found.replacing(given, at: request.context.clock.now)
      try transaction.resources.save(changed)
      return changed
    }
    return .fields(["ManagedLoginVersion": changed.members["ManagedLoginVersion"]])
  }
}

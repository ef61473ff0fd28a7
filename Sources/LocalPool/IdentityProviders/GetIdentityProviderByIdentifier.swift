import Cognito

/// Finds an identity provider by one of its identifiers.
enum GetIdentityProviderByIdentifier: PoolOperation {
  static let name = "GetIdentityProviderByIdentifier"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let pool = try request.pool()
    let identifier = JSONValue.string(try request.input.string("IdpIdentifier"))
    let providers = try request.context.store.read {
      try $0.resources.list(.identityProvider, pool: pool.id, limit: 300)
    }
    guard let found = providers.first(where: { $0.members["IdpIdentifiers"]?.array?.contains(identifier) ?? false })
    else { throw PoolException.resourceNotFound("Identity provider does not exist.") }
    return ["IdentityProvider": found.identityProviderJSON]
  }
}

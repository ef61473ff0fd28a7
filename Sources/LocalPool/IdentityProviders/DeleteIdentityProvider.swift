import Cognito

/// Removes an identity provider.
enum DeleteIdentityProvider: PoolOperation {
  static let name = "DeleteIdentityProvider"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let pool = try request.pool()
    let provider = try request.resource(.identityProvider, "ProviderName", of: pool)
    try request.context.store.write { try $0.resources.delete(.identityProvider, provider.name, in: pool.id) }
    return [:]
  }
}

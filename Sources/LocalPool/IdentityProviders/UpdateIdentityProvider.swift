import Cognito

/// Changes what is named of an identity provider.
enum UpdateIdentityProvider: PoolOperation {
  static let name = "UpdateIdentityProvider"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let provider = try request.resource(.identityProvider, "ProviderName", of: try request.pool())
    let changed = provider.replacing(
      request.given(["ProviderDetails", "AttributeMapping", "IdpIdentifiers", "AcrMapping"]),
      at: request.context.clock.now)
    try request.context.store.write { try $0.resources.save(changed) }
    return ["IdentityProvider": changed.identityProviderJSON]
  }
}

import Cognito

/// Adds an external identity provider. It is kept and shown; signing in through it isn't possible here.
enum CreateIdentityProvider: PoolOperation {
  static let name = "CreateIdentityProvider"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let pool = try request.pool()
    let name = try request.input.string("ProviderName")
    guard !name.contains("_"), name != "COGNITO" else {
      throw PoolException.invalidParameter("ProviderName must not contain an underscore or be COGNITO.")
    }
    let now = request.context.clock.now
    let document = request.given([
      "ProviderType", "ProviderDetails", "AttributeMapping", "IdpIdentifiers", "AcrMapping",
    ])
    let provider = ResourceRecord(
      poolID: pool.id, kind: .identityProvider, name: name, json: JSONValue.object(document).serialized(),
      createdAt: now, modifiedAt: now)
    try request.context.store.write { transaction in
      guard try transaction.resources.find(.identityProvider, name, in: pool.id) == nil else {
        throw PoolException("DuplicateProviderException", "A provider with the name \(name) already exists.")
      }
      try transaction.resources.save(provider)
    }
    return ["IdentityProvider": provider.identityProviderJSON]
  }
}

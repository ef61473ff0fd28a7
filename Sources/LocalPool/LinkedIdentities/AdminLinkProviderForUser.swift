import Cognito

/// Links an identity of an external provider to a user. Nobody signs in through a provider here; the link is kept and shown,
/// in the user's `identities` and in their id tokens.
enum AdminLinkProviderForUser: PoolOperation {
  static let name = "AdminLinkProviderForUser"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let pool = try request.pool()
    let source = try ProviderUser(request.input, "SourceUser")
    let destination = try ProviderUser(request.input, "DestinationUser")
    guard source.provider != ProviderUser.ownProvider else {
      throw PoolException.invalidParameter(
        "Invalid SourceUser: Cognito users with a username/password may not be passed in as a SourceUser, "
          + "only as a DestinationUser")
    }
    guard !source.attribute.isEmpty else {
      throw PoolException.invalidParameter("SourceUser must have a ProviderAttributeName.")
    }
    try request.context.store.write { transaction in
      guard let provider = try transaction.resources.find(.identityProvider, source.provider, in: pool.id) else {
        throw PoolException.resourceNotFound("Identity provider \(source.provider) does not exist.")
      }
      // A federated user's name here is the provider's, an underscore, and the id there.
      let username =
        destination.provider == ProviderUser.ownProvider
        ? destination.value : "\(destination.provider)_\(destination.value)"
      guard let user = try transaction.users.find(username: username, in: pool) else {
        throw PoolException.userNotFound
      }
      try LinkedIdentities.link(
        source, type: provider.members["ProviderType"]?.string ?? source.provider, to: user, in: pool,
        at: request.context.clock.now, transaction)
    }
    return [:]
  }
}

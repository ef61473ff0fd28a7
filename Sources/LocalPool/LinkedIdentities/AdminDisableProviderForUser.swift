import Cognito

/// Undoes a link to an external identity, or takes the password of a user of the pool's own.
enum AdminDisableProviderForUser: PoolOperation {
  static let name = "AdminDisableProviderForUser"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let pool = try request.pool()
    let identity = try ProviderUser(request.input, "User")
    let now = request.context.clock.now
    try request.context.store.write { transaction in
      guard identity.provider == ProviderUser.ownProvider else {
        try LinkedIdentities.unlink(identity, in: pool, at: now, transaction)
        return
      }
      guard identity.attribute == "Cognito_Subject" else {
        throw PoolException.invalidParameter("ProviderAttributeName must be Cognito_Subject for users of the pool.")
      }
      guard var user = try transaction.users.find(username: identity.value, in: pool) else {
        throw PoolException.userNotFound
      }
      user.password = nil
      user.passwordHistory = []
      user.status = .externalProvider
      user.modifiedAt = now
      try transaction.users.update(user)
      try transaction.codes.delete(user: user.id, purpose: .forgotPassword)
    }
    return [:]
  }
}

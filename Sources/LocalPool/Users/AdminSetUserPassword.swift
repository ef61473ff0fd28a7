import Cognito

/// Sets a user's password, for good or until the next sign-in.
enum AdminSetUserPassword: PoolOperation {
  static let name = "AdminSetUserPassword"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let context = request.context
    let pool = try request.pool()
    let password = try request.input.string("Password")
    try PasswordRules.check(password, against: pool.settings.passwordPolicy)
    let user = try request.user(in: pool)
    guard user.status != .externalProvider else {
      throw PoolException.invalidParameter("The user is from an external identity provider and has no password here.")
    }
    let secret = Secret(utf8: password)
    try PasswordRules.checkHistory(secret, of: user, in: pool)
    let verifier = PasswordVerifier.make(
      password: secret, poolName: pool.srpName, userID: user.username, random: context.random)
    let isPermanent = try request.input.bool("Permanent")
    try request.changeUser(in: pool) { user, transaction in
      user.setPassword(verifier, in: pool, at: context.clock.now)
      user.status = isPermanent ? .confirmed : .forceChangePassword
      try transaction.users.setLockout(.none, of: user.id)
    }
    return [:]
  }
}

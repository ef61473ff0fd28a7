import Cognito

/// The caller changes their password, and shows the present one.
enum ChangePassword: PoolOperation {
  static let name = "ChangePassword"
  static let access = OperationAccess.accessToken

  /// Cognito allows five an hour.
  private static let attemptsPerHour = 5

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let caller = try request.requireCaller()
    let context = request.context
    let (user, pool) = (caller.user, caller.pool)
    let proposed = try request.input.string("ProposedPassword")
    let now = context.clock.now
    let attempts = try context.store.write {
      try $0.codes.countAttempt(user: user.id, kind: name, at: now)
    }
    guard attempts <= attemptsPerHour else { throw PoolException.limitExceeded }
    if let stored = user.password {
      let previous = Secret(utf8: try request.input.string("PreviousPassword"))
      guard stored.matches(previous, poolName: pool.srpName, userID: user.username) else {
        throw PoolException.incorrectPassword
      }
    }
    try PasswordRules.check(proposed, against: pool.settings.passwordPolicy)
    let secret = Secret(utf8: proposed)
    try PasswordRules.checkHistory(secret, of: user, in: pool)
    let verifier = PasswordVerifier.make(
      password: secret, poolName: pool.srpName, userID: user.username, random: context.random)
    try context.store.write { transaction in
      guard var stored = try transaction.users.find(id: user.id) else { throw PoolException.userNotFound }
      stored.setPassword(verifier, in: pool, at: now)
      try transaction.users.update(stored)
    }
    return .object([:])
  }
}

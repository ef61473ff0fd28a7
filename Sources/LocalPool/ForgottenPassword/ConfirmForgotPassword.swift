import Cognito

/// Sets a new password with the code that ForgotPassword (or an administrator's reset) sent.
enum ConfirmForgotPassword: PoolOperation {
  static let name = "ConfirmForgotPassword"
  static let access = OperationAccess.none
  private static let guessesAnHour = 15

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let call = try ClientCall(request)
    let (context, pool) = (request.context, call.pool)
    let password = try request.input.string("Password")
    try PasswordRules.check(password, against: pool.settings.passwordPolicy)
    let found = try user(call, request)
    let code = try CodeDesk.check(
      try request.input.string("ConfirmationCode"), .forgotPassword, user: found, limit: guessesAnHour, context: context
    )
    let secret = Secret(utf8: password)
    try PasswordRules.checkHistory(secret, of: found, in: pool)
    let verifier = PasswordVerifier.make(
      password: secret, poolName: pool.srpName, userID: found.username, random: context.random)
    let changed = try context.store.write { transaction in
      guard var user = try transaction.users.find(id: found.id) else { throw PoolException.userNotFound }
      try CodeDesk.use(code, transaction)
      user.setPassword(verifier, in: pool, at: context.clock.now)
      user.status = .confirmed
      try transaction.users.update(user)
      try transaction.users.setLockout(.none, of: user.id)
      return user
    }
    try PostConfirmation.run(
      source: "PostConfirmation_ConfirmForgotPassword", user: changed, pool: pool, clientID: call.client.id, request)
    return [:]
  }

  private static func user(_ call: ClientCall, _ request: OperationRequest) throws -> UserRecord {
    let hides = call.client.settings.hidesUserExistence
    let user = try call.user(request)
    if let user, user.isEnabled { return user }
    guard hides else { throw user == nil ? ClientCall.notFound : PoolException.userDisabled }
    throw try Strangers.check(
      .forgotPassword, call.strangerID(request), limit: guessesAnHour, refusal: .codeMismatch(), request.context)
  }
}

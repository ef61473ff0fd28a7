import Cognito

/// Confirms a new account with the code that was sent; the address that it went to is verified with it.
enum ConfirmSignUp: PoolOperation {
  static let name = "ConfirmSignUp"
  static let access = OperationAccess.none
  private static let guessesAnHour = 15

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let call = try ClientCall(request)
    let code = try request.input.string("ConfirmationCode")
    guard let found = try call.user(request) else {
      guard call.client.settings.hidesUserExistence else { throw ClientCall.notFound }
      throw try Strangers.check(
        .signUp, call.strangerID(request), limit: guessesAnHour, refusal: .expiredCode(), request.context)
    }
    guard found.status == .unconfirmed else {
      throw PoolException.notAuthorized("User cannot be confirmed. Current status is \(found.status.rawValue)")
    }
    let record = try CodeDesk.check(
      code, .signUp, user: found, limit: guessesAnHour, context: request.context)
    let user = try confirm(found, with: record, call, request)
    try PostConfirmation.run(
      source: "PostConfirmation_ConfirmSignUp", user: user, pool: call.pool, clientID: call.client.id, request)
    let session = try AutoSignIn.confirmed(
      try request.input.optionalString("Session"), user, call.client, request.context)
    return .fields(["Session": session.map { .string($0) }])
  }

  private static func confirm(
    _ found: UserRecord, with code: CodeRecord, _ call: ClientCall, _ request: OperationRequest
  ) throws -> UserRecord {
    let force = try request.input.bool("ForceAliasCreation")
    return try request.context.store.write { transaction in
      guard var user = try transaction.users.find(id: found.id) else { throw PoolException.userNotFound }
      try CodeDesk.use(code, transaction)
      user.status = .confirmed
      user.modifiedAt = request.context.clock.now
      // Not the attribute that the pool would choose now, but the one that holds the address the code went to.
      for attribute in ["phone_number", "email"] where user[attribute] == code.destination {
        user["\(attribute)_verified"] = "true"
      }
      try Aliases.assign(to: user, in: call.pool, force: force, transaction)
      try transaction.users.update(user)
      return user
    }
  }
}

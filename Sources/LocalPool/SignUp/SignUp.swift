import Cognito

/// A person makes an account of their own, unconfirmed until they show the code that is sent to them.
enum SignUp: PoolOperation {
  static let name = "SignUp"
  static let access = OperationAccess.none

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let call = try ClientCall(request)
    guard !(call.pool.settings.adminCreateUserConfig?.allowAdminCreateUserOnly ?? false) else {
      throw PoolException.notAuthorized("SignUp is not permitted for this user pool")
    }
    let (user, confirmed) = try makeUser(call, request)
    var answer: [String: JSONValue] = ["UserConfirmed": .bool(confirmed), "UserSub": .string(user.sub)]
    if !confirmed, let delivery = SignUpDelivery.of(user, in: call.pool) {
      try CodeDesk.send(
        .signUp, .signUp, to: delivery, user: user, pool: call.pool, clientID: call.client.id,
        metadata: try request.input.stringMap("ClientMetadata"), context: request.context)
      answer["CodeDeliveryDetails"] = delivery.json
    }
    if confirmed {
      try PostConfirmation.run(
        source: "PostConfirmation_ConfirmSignUp", user: user, pool: call.pool, clientID: call.client.id, request)
    }
    if let session = try AutoSignIn.begun(user, call.client, request.context) { answer["Session"] = .string(session) }
    return .object(answer)
  }

  private static func makeUser(
    _ call: ClientCall, _ request: OperationRequest
  ) throws -> (user: UserRecord, confirmed: Bool) {
    let (context, pool) = (request.context, call.pool)
    let attributes = try AttributeRules.read(request.input, "UserAttributes")
    try AttributeRules.check(attributes, in: pool, by: .user(call.client), isNew: true)
    var user = try UserFactory.user(
      login: call.login, attributes: attributes, status: .unconfirmed, pool: pool, context: context)
    try AttributeRules.checkRequired(user.attributes, in: pool)
    let password = try password(request, pool)
    let answer = try PreSignUp.run(
      source: "PreSignUp_SignUp", user: user, pool: pool, clientID: call.client.id, request)
    // The trigger before it sees what was given alone.
    for name in ["email", "phone_number"] where user[name] != nil { user["\(name)_verified"] = "false" }
    if answer.confirmsUser { user.status = .confirmed }
    if answer.verifiesEmail, user["email"] != nil { user["email_verified"] = "true" }
    if answer.verifiesPhone, user["phone_number"] != nil { user["phone_number_verified"] = "true" }
    if let password {
      user.setPassword(
        .make(
          password: Secret(utf8: password), poolName: pool.srpName, userID: user.username, random: context.random),
        in: pool, at: context.clock.now)
    }
    let made = user
    return (try context.store.write { try UserFactory.insert(made, in: pool, $0) }, answer.confirmsUser)
  }

  /// Only a pool where one can sign in without a password lets users have none.
  private static func password(_ request: OperationRequest, _ pool: PoolRecord) throws -> String? {
    let password = try request.input.optionalString("Password") ?? ""
    let factors = pool.settings.policies?.signInPolicy?.allowedFirstAuthFactors ?? ["PASSWORD"]
    if password.isEmpty {
      guard factors.contains(where: { $0 != "PASSWORD" }) else {
        throw PoolException.invalidParameter("Password is required for sign up.")
      }
      return nil
    }
    try PasswordRules.check(password, against: pool.settings.passwordPolicy)
    return password
  }
}

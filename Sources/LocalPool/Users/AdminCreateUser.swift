import Cognito

/// Makes a user with a temporary password, which the first sign-in has to replace, and invites them.
enum AdminCreateUser: PoolOperation {
  static let name = "AdminCreateUser"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let pool = try request.pool()
    let action = try request.input.optionalString("MessageAction")
    let password = try password(request, pool)
    let user = action == "RESEND" ? try existing(request, pool, password) : try created(request, pool, password)
    if action != "SUPPRESS" { try Invitation.send(password, to: user, pool: pool, request) }
    return ["User": user.listingJSON()]
  }

  private static func password(_ request: OperationRequest, _ pool: PoolRecord) throws -> String {
    let policy = pool.settings.passwordPolicy
    guard let given = try request.input.optionalString("TemporaryPassword"), !given.isEmpty else {
      return TemporaryPassword.make(for: policy, random: request.context.random)
    }
    try PasswordRules.check(given, against: policy)
    return given
  }

  private static func created(
    _ request: OperationRequest, _ pool: PoolRecord, _ password: String
  ) throws -> UserRecord {
    let context = request.context
    let attributes = try AttributeRules.read(request.input, "UserAttributes")
    try AttributeRules.check(attributes, in: pool, by: .administrator, isNew: true)
    var user = try UserFactory.user(
      login: try request.input.string("Username"), attributes: attributes, status: .forceChangePassword, pool: pool,
      context: context)
    try PreSignUp.run(
      source: "PreSignUp_AdminCreateUser", user: user, pool: pool, clientID: "CLIENT_ID_NOT_APPLICABLE", request)
    user.setPassword(
      .make(
        password: Secret(utf8: password), poolName: pool.srpName, userID: user.username, random: context.random),
      in: pool, at: context.clock.now)
    let force = try request.input.bool("ForceAliasCreation")
    let made = user
    return try context.store.write { transaction in
      do {
        return try UserFactory.insert(made, in: pool, forceAlias: force, transaction)
      } catch let error as PoolException where error == UserFactory.exists {
        throw UserFactory.accountExists
      }
    }
  }

  /// RESEND: a new temporary password for a user who hasn't used theirs.
  private static func existing(
    _ request: OperationRequest, _ pool: PoolRecord, _ password: String
  ) throws -> UserRecord {
    let context = request.context
    let found = try request.user(in: pool)
    guard found.status == .forceChangePassword else {
      throw PoolException(
        "UnsupportedUserStateException", "Resend not possible. \(found.username) status is not FORCE_CHANGE_PASSWORD")
    }
    let verifier = PasswordVerifier.make(
      password: Secret(utf8: password), poolName: pool.srpName, userID: found.username, random: context.random)
    return try request.changeUser(in: pool) { user, _ in user.setPassword(verifier, in: pool, at: context.clock.now) }
  }
}

import Cognito

/// InitiateAuth and AdminInitiateAuth: the first call of a sign-in.
enum InitiateAuthFlow {
  static func begin(_ request: OperationRequest, isAdmin: Bool) throws -> JSONValue {
    let input = request.input
    let (client, pool) = try request.client(isAdmin: isAdmin)
    let flow = try input.choice("AuthFlow", of: AuthFlow.self)
    let parameters = try input.stringMap("AuthParameters")
    let metadata = try input.stringMap("ClientMetadata")
    try ClientCheck.flow(flow, client: client, isAdmin: isAdmin)
    if flow == .refreshToken || flow == .refreshTokenAuth {
      return try RefreshFlow.answer(request, parameters, pool, client)
    }
    guard let name = parameters["USERNAME"], !name.isEmpty else {
      throw PoolException.invalidParameter("Missing required parameter USERNAME")
    }
    guard name.utf8.count <= 2048 else { throw PoolException.invalidParameter("USERNAME is too long.") }
    try ClientCheck.secretHash(parameters["SECRET_HASH"], username: name, client: client)

    var user = try request.context.store.read { try $0.users.find(login: name, in: pool) }
    if user == nil, flow.sendsPassword, let password = parameters["PASSWORD"] {
      user = try UserMigration.migrate(name, password: password, pool, client, metadata, request)
    }
    let signedUp =
      flow != .userAuth
      ? nil
      : try input.optionalString("Session").map {
        try AutoSignIn.state($0, of: user, client, request.context)
      }
    let username = try username(of: user, typed: name, pool, client, request.context)
    var turn = SignInTurn(
      request: request, pool: pool, client: client, validationData: metadata, metadata: [:], isAdmin: isAdmin,
      answered: signedUp,
      state: SignInState(
        challenge: .passwordVerifier, id: "", poolID: pool.id, clientID: client.id, username: username,
        userID: user?.id, flow: flow),
      user: user, responses: parameters)
    if let deviceKey = parameters["DEVICE_KEY"], !deviceKey.isEmpty { turn.state.deviceKey = deviceKey }
    turn.state.methods = signedUp?.methods ?? []
    if flow == .userAuth { try StepUp.read(&turn) }
    return try SignInOrder.begin(&turn, isKnown: signedUp != nil)
  }

  /// The real username; for a user who doesn't exist an invented one, or UserNotFoundException if the client may know.
  private static func username(
    of user: UserRecord?, typed: String, _ pool: PoolRecord, _ client: ClientRecord, _ context: PoolContext
  ) throws -> String {
    if let user { return user.username }
    guard client.settings.hidesUserExistence else { throw PoolException.userNotFound }
    return context.simulation.userID(poolID: pool.id, name: typed)
  }
}

extension AuthFlow {
  /// Flows in which the pool gets the password itself.
  var sendsPassword: Bool { self == .userPassword || self == .adminUserPassword || self == .adminNoSRP }
}

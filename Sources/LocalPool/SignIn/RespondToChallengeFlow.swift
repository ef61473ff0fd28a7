import Cognito

/// RespondToAuthChallenge and AdminRespondToAuthChallenge: every later call of a sign-in.
enum RespondToChallengeFlow {
  static func respond(_ request: OperationRequest, isAdmin: Bool) throws -> JSONValue {
    let input = request.input
    let (client, pool) = try request.client(isAdmin: isAdmin)
    let challenge = try input.choice("ChallengeName", of: ChallengeName.self)
    guard let type = ChallengeAnswers.type(for: challenge) else {
      throw PoolException.invalidParameter("Challenge \(challenge.rawValue) can't be answered.")
    }
    let responses = try input.stringMap("ChallengeResponses")
    let state = try state(challenge, responses, input, pool, client, request.context)
    guard let username = responses["USERNAME"], !username.isEmpty else {
      throw PoolException.invalidParameter("Missing required parameter USERNAME")
    }
    try ClientCheck.secretHash(responses["SECRET_HASH"], username: state.username, client: client)
    let user = try request.context.store.read { transaction in
      try state.userID.flatMap { try transaction.users.find(id: $0) }
    }
    if state.userID != nil {
      // Deleted since the sign-in began.
      guard let user else {
        throw client.settings.hidesUserExistence ? PoolException.incorrectPassword : PoolException.userNotFound
      }
      guard try names(username, user, pool, request.context) else { throw PoolException.invalidSession }
      guard user.isEnabled || challenge == .passwordVerifier || challenge == .password else {
        throw PoolException.userDisabled
      }
    }
    var turn = SignInTurn(
      request: request, pool: pool, client: client, metadata: try input.stringMap("ClientMetadata"),
      isAdmin: isAdmin, answered: state, state: state, user: user, responses: responses)
    return try SignInOrder.answer(type, &turn)
  }

  /// The state that the client brought back, opened and checked.
  private static func state(
    _ challenge: ChallengeName, _ responses: [String: String], _ input: OperationInput, _ pool: PoolRecord,
    _ client: ClientRecord, _ context: PoolContext
  ) throws -> SignInState {
    let inSecretBlock = challenge == .passwordVerifier || challenge == .devicePasswordVerifier
    let state =
      inSecretBlock
      ? try fromSecretBlock(responses, context)
      : try fromSession(challenge, responses, input, client, context)
    guard
      let state, state.poolID == pool.id, state.clientID == client.id, state.challenge == challenge
    else { throw inSecretBlock ? PoolException.incorrectPassword : PoolException.invalidSession }
    guard state.expires > context.clock.epoch else {
      throw inSecretBlock ? PoolException.incorrectPassword : PoolException.expiredSession
    }
    let failures = context.attempts.failures("session/" + state.id, now: context.clock.seconds).count
    guard failures < failuresPerSession else { throw PoolException.invalidSession }
    return state
  }

  private static func fromSecretBlock(_ responses: [String: String], _ context: PoolContext) throws -> SignInState? {
    guard let block = responses["PASSWORD_CLAIM_SECRET_BLOCK"], !block.isEmpty else {
      throw PoolException.invalidParameter("Missing required parameter PASSWORD_CLAIM_SECRET_BLOCK")
    }
    return Base64.decodeLenient(block).flatMap { SignInState.open($0, as: .secretBlock, context) }
  }

  private static func fromSession(
    _ challenge: ChallengeName, _ responses: [String: String], _ input: OperationInput, _ client: ClientRecord,
    _ context: PoolContext
  ) throws -> SignInState? {
    if let session = try input.optionalString("Session"), !session.isEmpty {
      return Base64.decodeURL(session).flatMap { SignInState.open($0, as: .session, context) }
    }
    guard challenge == .deviceSRPAuth else {
      throw PoolException.invalidParameter("Missing required parameter Session")
    }
    return context.deviceSignIns.take(
      clientID: client.id, username: responses["USERNAME"] ?? "", deviceKey: responses["DEVICE_KEY"] ?? "")
  }

  /// So many wrong codes end a session. Cognito's own number isn't known.
  static let failuresPerSession = 5

  /// Whether USERNAME means this user: by name, or by an alias.
  private static func names(
    _ username: String, _ user: UserRecord, _ pool: PoolRecord, _ context: PoolContext
  ) throws -> Bool {
    if username == user.username { return true }
    return try context.store.read { try $0.users.find(login: username, in: pool) }?.id == user.id
  }
}

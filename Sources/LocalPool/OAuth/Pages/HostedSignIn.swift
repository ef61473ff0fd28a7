import Cognito

/// A sign-in on the pages: the same steps and rules as the API's, but it ends with knowing the user, not with tokens.
enum HostedSignIn {
  enum Outcome {
    case signedIn(UserRecord)
    case challenge(HostedChallenge)
  }

  /// The first step. Whether there is such a user is never told.
  static func begin(
    name: String, password: String, client: ClientRecord, pool: PoolRecord, _ request: PoolRequest,
    _ context: PoolContext
  ) throws -> Outcome {
    let call = operation("InitiateAuth", [:], request, context)
    var user = try context.store.read { try $0.users.find(login: name, in: pool) }
    if user == nil { user = try UserMigration.migrate(name, password: password, pool, client, [:], call) }
    let username = user?.username ?? context.simulation.userId(poolId: pool.id, name: name)
    var state = SignInState(
      challenge: .password, id: "", poolId: pool.id, clientId: client.id, username: username, userId: user?.id,
      flow: .userPassword)
    state.isHosted = true
    var turn = SignInTurn(
      request: call, pool: pool, client: client, metadata: [:], isAdmin: false, answered: nil, state: state, user: user,
      responses: ["USERNAME": name, "PASSWORD": password])
    try SignInStart.runPreAuthentication(turn)
    return try outcome(try PasswordChallenge.answer(&turn), username: username, context)
  }

  /// A later step.
  static func answer(
    _ challenge: HostedChallenge, _ responses: [String: String], client: ClientRecord, _ request: PoolRequest,
    _ context: PoolContext
  ) throws -> Outcome {
    var responses = responses
    responses["USERNAME"] = challenge.username
    if let secret = client.secrets.first {
      responses["SECRET_HASH"] = SecretHash.compute(
        username: challenge.username, clientId: client.id, clientSecret: Secret(utf8: secret.value))
    }
    let call = operation(
      "RespondToAuthChallenge",
      [
        "ClientId": .string(client.id), "ChallengeName": .string(challenge.name), "Session": .string(challenge.session),
        "ChallengeResponses": .object(responses.mapValues { .string($0) }),
      ], request, context)
    return try outcome(
      try SignInAnswer.respond(call, isAdmin: false), username: challenge.username, context)
  }

  private static func outcome(_ answer: JSONValue, username: String, _ context: PoolContext) throws -> Outcome {
    if let id = answer[SignInTurn.hostedUser]?.int {
      guard let user = try context.store.read({ try $0.users.find(id: id) }) else { throw ServiceError.userNotFound }
      return .signedIn(user)
    }
    // A session of the API, pasted into a form, ends with tokens: those are not for the pages.
    guard let name = answer["ChallengeName"]?.string, let session = answer["Session"]?.string else {
      throw ServiceError.invalidSession
    }
    var challenge = HostedChallenge(name: name, session: session, username: username)
    challenge.parameters = (answer["ChallengeParameters"]?.object ?? [:]).compactMapValues(\.string)
    if name == "MFA_SETUP" { try setUpSoftwareToken(&challenge, context) }
    return .challenge(challenge)
  }

  /// The pages can set up an authenticator app.
  private static func setUpSoftwareToken(_ challenge: inout HostedChallenge, _ context: PoolContext) throws {
    let answer = try Responder.perform(
      "AssociateSoftwareToken", OperationInput(["Session": .string(challenge.session)]), context)
    challenge.session = answer["Session"]?.string ?? challenge.session
    challenge.parameters["SecretCode"] = answer["SecretCode"]?.string
  }

  /// Shows a code of the new authenticator app; the session that comes back is the one to go on with.
  static func verifySoftwareToken(_ challenge: inout HostedChallenge, code: String, _ context: PoolContext) throws {
    let answer = try Responder.perform(
      "VerifySoftwareToken",
      OperationInput(["Session": .string(challenge.session), "UserCode": .string(code)]), context)
    challenge.session = answer["Session"]?.string ?? challenge.session
  }

  private static func operation(
    _ name: String, _ input: [String: JSONValue], _ request: PoolRequest, _ context: PoolContext
  ) -> OperationRequest {
    OperationRequest(
      operation: name, input: OperationInput(input), context: context, requestId: context.random.uuid(),
      sourceAddress: request.remoteAddress)
  }
}

/// A step of a sign-in that the browser has to answer.
struct HostedChallenge: Codable, Sendable {
  let name: String
  var session: String
  let username: String
  var parameters: [String: String] = [:]
}

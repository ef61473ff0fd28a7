import Cognito

/// A sign-in on the pages: the same steps and rules as the API's, but it ends with knowing the user, not with tokens.
enum HostedSignInFlow {
  enum Outcome {
    case signedIn(UserRecord, AuthenticationStrength)
    case challenge(HostedChallenge)
  }

  /// The first step. Whether there is such a user is never told.
  static func begin(name: String, password: String, _ post: HostedPost) throws -> Outcome {
    let call = operation("InitiateAuth", [:], post)
    var user = try post.context.store.read { try $0.users.find(login: name, in: post.pool) }
    if user == nil {
      user = try UserMigration.migrate(name, password: password, post.pool, post.client, [:], call)
    }
    let username = user?.username ?? post.context.simulation.userID(poolID: post.pool.id, name: name)
    var turn = turn(of: user, username, ["USERNAME": name, "PASSWORD": password], call, post)
    return try outcome(try SignInOrder.begin(&turn), username: username, post)
  }

  /// Straight on after a sign-up, for a user who has just chosen the password and shown the code in one form after the
  /// other.
  static func proceed(_ user: UserRecord, _ post: HostedPost) throws -> Outcome {
    var turn = turn(of: user, user.username, [:], operation("InitiateAuth", [:], post), post)
    turn.state.methods = [.password]
    return try outcome(try SignInOrder.begin(&turn, isKnown: true), username: user.username, post)
  }

  /// A later step.
  static func answer(
    _ challenge: HostedChallenge, _ responses: [String: String], _ post: HostedPost
  ) throws -> Outcome {
    var responses = responses
    responses["USERNAME"] = challenge.username
    responses["SECRET_HASH"] = post.secretHash(of: challenge.username)
    let call = operation(
      "RespondToAuthChallenge",
      [
        "ClientId": .string(post.client.id), "ChallengeName": .string(challenge.name),
        "Session": .string(challenge.session), "ChallengeResponses": .object(responses.mapValues { .string($0) }),
      ], post)
    return try outcome(try RespondToChallengeFlow.respond(call, isAdmin: false), username: challenge.username, post)
  }

  private static func outcome(_ answer: JSONValue, username: String, _ post: HostedPost) throws -> Outcome {
    let context = post.context
    if let id = answer[SignInTurn.hostedUser]?.int {
      guard let user = try context.store.read({ try $0.users.find(id: id) }) else { throw PoolException.userNotFound }
      let amr = (answer[SignInTurn.hostedMethods]?.array ?? []).compactMap(\.string)
      return .signedIn(user, AuthenticationStrength(acr: answer[SignInTurn.hostedLevel]?.string, amr: amr))
    }
    // A session of the API, pasted into a form, ends with tokens: those are not for the pages.
    guard let name = answer["ChallengeName"]?.string, let session = answer["Session"]?.string else {
      throw PoolException.invalidSession
    }
    var challenge = HostedChallenge(name: name, session: session, username: username)
    challenge.parameters = (answer["ChallengeParameters"]?.object ?? [:]).compactMapValues(\.string)
    if name == "MFA_SETUP" {
      let possible = SecondFactorSetUp.possible(challenge)
      guard let first = possible.first else { throw SecondFactorSetUp.impossible }
      if possible.count == 1 { try SecondFactorSetUp.begin(first, &challenge, post) }
    }
    return .challenge(challenge)
  }

  private static func turn(
    of user: UserRecord?, _ username: String, _ responses: [String: String], _ call: OperationRequest,
    _ post: HostedPost
  ) -> SignInTurn {
    var state = SignInState(
      challenge: .password, id: "", poolID: post.pool.id, clientID: post.client.id, username: username,
      userID: user?.id, flow: .userPassword)
    state.isHosted = true
    state.target = HostedLevel.target(of: post.state.request, user, in: post.pool)
    return SignInTurn(
      request: call, pool: post.pool, client: post.client, metadata: [:], isAdmin: false, answered: nil, state: state,
      user: user, responses: responses)
  }

  private static func operation(
    _ name: String, _ input: [String: JSONValue], _ post: HostedPost
  ) -> OperationRequest {
    OperationRequest(
      operation: name, input: OperationInput(input), context: post.context, requestID: post.context.random.uuid(),
      sourceAddress: post.request.remoteAddress, userAgent: post.request.header("user-agent") ?? "")
  }
}

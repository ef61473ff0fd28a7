import Cognito

/// CUSTOM_AUTH: three triggers of the pool's owner decide what is asked, what it is, and whether the answer is right.
enum CustomChallenge: ChallengeAnswer {
  static func begin(_ turn: inout SignInTurn) throws -> SignInOutcome {
    guard turn.context.triggers.has(.defineAuthChallenge, turn.pool) else {
      throw PoolException.invalidParameter("Custom auth lambda trigger is not configured for the user pool.")
    }
    turn.state.custom = SignInState.CustomState()
    if turn.responses["CHALLENGE_NAME"] == "SRP_A" { record("SRP_A", true, &turn) }
    return try next(&turn)
  }

  static func answer(_ turn: inout SignInTurn) throws -> SignInOutcome {
    let answer = try turn.response("ANSWER")
    var event = event(.verifyAuthChallengeResponse, "VerifyAuthChallengeResponse_Authentication", turn)
    event.request["privateChallengeParameters"] = .object(
      (turn.state.custom?.privateParameters ?? [:]).mapValues { .string($0) })
    event.request["challengeAnswer"] = .string(answer)
    event.response = ["answerCorrect": .null]
    guard let isCorrect = try turn.context.triggers.run(event)?["answerCorrect"]?.bool else {
      throw PoolException("InvalidLambdaResponseException", "VerifyAuthChallengeResponse gave no answerCorrect.")
    }
    record(ChallengeName.customChallenge.rawValue, isCorrect, &turn)
    return try next(&turn)
  }

  /// After SRP within a custom sign-in.
  static func passwordPassed(_ turn: inout SignInTurn) throws -> SignInOutcome {
    record(ChallengeName.passwordVerifier.rawValue, true, &turn)
    return try next(&turn)
  }

  /// Asks DefineAuthChallenge what comes next.
  private static func next(_ turn: inout SignInTurn) throws -> SignInOutcome {
    var event = event(.defineAuthChallenge, "DefineAuthChallenge_Authentication", turn)
    event.request["session"] = session(turn)
    event.response = ["challengeName": .null, "issueTokens": .null, "failAuthentication": .null]
    let response = try turn.context.triggers.run(event) ?? [:]
    if response["failAuthentication"]?.bool == true { throw PoolException.incorrectPassword }
    if response["issueTokens"]?.bool == true { return .passed(.customChallenges) }
    switch response["challengeName"]?.string {
    case ChallengeName.passwordVerifier.rawValue:
      return try PasswordSRPChallenge.answer(&turn)
    case ChallengeName.customChallenge.rawValue:
      return .asks(try create(&turn))
    default:
      throw PoolException(
        "InvalidLambdaResponseException", "DefineAuthChallenge named no challenge that the pool knows.")
    }
  }

  private static func create(_ turn: inout SignInTurn) throws -> JSONValue {
    var event = event(.createAuthChallenge, "CreateAuthChallenge_Authentication", turn)
    event.request["challengeName"] = .string(ChallengeName.customChallenge.rawValue)
    event.request["session"] = session(turn)
    event.response = [
      "publicChallengeParameters": .null, "privateChallengeParameters": .null, "challengeMetadata": .null,
    ]
    let response = try turn.context.triggers.run(event) ?? [:]
    turn.state.custom?.privateParameters = strings(response["privateChallengeParameters"])
    turn.state.custom?.metadata = response["challengeMetadata"]?.string
    var parameters = strings(response["publicChallengeParameters"]).mapValues { JSONValue.string($0) }
    parameters["USERNAME"] = .string(turn.state.username)
    return try turn.challenge(.customChallenge, parameters)
  }

  private static func record(_ name: String, _ result: Bool, _ turn: inout SignInTurn) {
    let metadata = turn.state.custom?.metadata
    turn.state.custom?.results.append(
      SignInState.CustomState.Result(challengeName: name, challengeResult: result, challengeMetadata: metadata))
    turn.state.custom?.metadata = nil
  }

  private static func event(_ trigger: Trigger, _ source: String, _ turn: SignInTurn) -> TriggerEvent {
    var event = TriggerEvent(
      trigger: trigger, source: source, pool: turn.pool, clientID: turn.client.id, username: turn.state.username)
    event.request = [
      "userAttributes": turn.user.map { TriggerAttributes.of($0, in: turn.pool) } ?? .object([:]),
      "userNotFound": .bool(turn.user == nil),
    ]
    event.add(turn.metadata)
    return event
  }

  private static func session(_ turn: SignInTurn) -> JSONValue {
    .array(
      (turn.state.custom?.results ?? []).map { result in
        .object([
          "challengeName": .string(result.challengeName), "challengeResult": .bool(result.challengeResult),
          "challengeMetadata": result.challengeMetadata.map { .string($0) } ?? .null,
        ])
      })
  }

  private static func strings(_ value: JSONValue?) -> [String: String] {
    (value?.object ?? [:]).compactMapValues(\.string)
  }
}

import Cognito

extension SignInTurn {
  /// Answers with a challenge whose state the client carries as `Session`.
  mutating func challenge(_ name: ChallengeName, _ parameters: [String: JSONValue] = [:]) throws -> JSONValue {
    try challenge(name, parameters, members: [:])
  }

  /// - Parameter members: further members of the answer, e.g. `AvailableChallenges`.
  mutating func challenge(
    _ name: ChallengeName, _ parameters: [String: JSONValue], members: [String: JSONValue]
  ) throws -> JSONValue {
    renewState(name)
    let session = Base64.encodeURL(try state.sealed(as: .session, context))
    guard session.utf8.count <= 4096 else {
      // Only a trigger's private parameters can make a state that long.
      throw PoolException("InvalidLambdaResponseException", "The challenge's private parameters are too long.")
    }
    try commit()
    var answer = members
    answer["ChallengeName"] = .string(name.rawValue)
    answer["ChallengeParameters"] = .object(parameters)
    answer["Session"] = .string(session)
    return .object(answer)
  }

  /// Answers with a challenge whose state is the `SECRET_BLOCK`; Cognito sends no session with it.
  mutating func secretBlockChallenge(_ name: ChallengeName, _ parameters: [String: JSONValue]) throws -> JSONValue {
    renewState(name)
    var parameters = parameters
    parameters["SECRET_BLOCK"] = .string(Base64.encode(try state.sealed(as: .secretBlock, context)))
    try commit()
    return .object(["ChallengeName": .string(name.rawValue), "ChallengeParameters": .object(parameters)])
  }

  private mutating func renewState(_ name: ChallengeName) {
    state.challenge = name
    state.id = Base64.encodeURL(context.random.bytes(16))
    state.expires = context.clock.epoch + Int64(client.settings.authSessionSeconds)
  }
}

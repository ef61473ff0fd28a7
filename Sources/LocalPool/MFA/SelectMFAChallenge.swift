import Cognito

/// SELECT_MFA_TYPE: the user has several second factors and prefers none.
enum SelectMFAChallenge: ChallengeAnswer {
  static func ask(_ factors: [ChallengeName], _ turn: inout SignInTurn) throws -> JSONValue {
    turn.state.offered = factors
    var parameters: [String: JSONValue] = [
      "USER_ID_FOR_SRP": .string(turn.state.username),
      "MFAS_CAN_CHOOSE": .string(ChallengeText.list(factors.map(\.rawValue))),
    ]
    if factors.contains(.smsMFA), let delivery = turn.user.flatMap({ CodeDestination(to: "phone_number", of: $0) }) {
      parameters["CODE_DELIVERY_DESTINATION"] = .string(delivery.masked)
    }
    return try turn.challenge(.selectMFAType, parameters)
  }

  static func answer(_ turn: inout SignInTurn) throws -> SignInOutcome {
    let answer = try turn.response("ANSWER")
    guard let factor = ChallengeName(rawValue: answer), turn.state.offered.contains(factor) else {
      throw PoolException.invalidParameter("Invalid MFA type: \(answer)")
    }
    turn.state.offered = []
    return .asks(try SecondFactor.ask(factor, &turn))
  }
}

import Cognito

/// PASSWORD_SRP, and the flows that begin with SRP: the client's A, answered with PASSWORD_VERIFIER.
enum PasswordSRPChallenge: ChallengeAnswer {
  static func answer(_ turn: inout SignInTurn) throws -> SignInOutcome {
    try PasswordCheck.requireUnlocked(turn)
    guard let publicA = SRPServer.publicValue(hex: try turn.response("SRP_A")) else {
      throw PoolException.invalidParameter("Invalid SRP_A")
    }
    let loginName = turn.responses["USERNAME"] ?? turn.state.username
    let password =
      turn.user?.password ?? turn.context.simulation.verifier(poolID: turn.pool.id, name: loginName)
    let exchange = try SRPServer.exchange(publicA: publicA, password: password, turn.context)
    turn.state.sessionKey = Base64.encode(exchange.sessionKey)
    return .asks(
      try turn.secretBlockChallenge(
        .passwordVerifier,
        [
          "SRP_B": .string(exchange.publicB.hex), "SALT": .string(BigNumber(bytes: password.salt).hex),
          "USERNAME": .string(turn.state.username), "USER_ID_FOR_SRP": .string(turn.state.username),
        ]))
  }
}

extension SRPServer {
  static func exchange(
    publicA: BigNumber, password: PasswordVerifier, _ context: PoolContext
  ) throws -> SRPServer.Exchange {
    let verifier = BigNumber(bytes: password.verifier)
    // The chance that one draw doesn't do is 2^-256; a second one is for the standard's sake.
    for _ in 0..<2 {
      let b = context.random.bytes(32)
      if let exchange = SRPServer.exchange(publicA: publicA, verifier: verifier, b: b) { return exchange }
    }
    throw PoolException.internalError
  }
}

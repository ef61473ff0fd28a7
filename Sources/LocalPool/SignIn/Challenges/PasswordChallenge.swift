import Cognito

/// PASSWORD, and the flows that send the password at once.
enum PasswordChallenge: ChallengeAnswer {
  static func answer(_ turn: inout SignInTurn) throws -> SignInOutcome {
    let password = Secret(utf8: try turn.response("PASSWORD"))
    try PasswordCheck.requireUnlocked(turn)
    try PasswordCheck.requireConfirmed(turn)
    let stored =
      turn.user?.password ?? turn.context.simulation.verifier(poolID: turn.pool.id, name: turn.state.username)
    let isRight = stored.matches(password, poolName: turn.pool.srpName, userID: turn.state.username)
    guard isRight, turn.user?.password != nil else { throw try PasswordCheck.failed(turn) }
    turn.state.methods.append(.password)
    return .passed(.firstFactor)
  }
}

import Cognito
import FoundationEssentials

/// PASSWORD_VERIFIER: the client proves to know the password.
enum PasswordVerifierChallenge: ChallengeAnswer {
  static func answer(_ turn: inout SignInTurn) throws -> SignInOutcome {
    try PasswordCheck.requireUnlocked(turn)
    try PasswordCheck.requireConfirmed(turn)
    guard
      try PasswordClaimCheck.isRight(
        turn, poolName: turn.pool.srpName, userID: turn.state.username)
    else { throw try PasswordCheck.failed(turn) }
    guard turn.user != nil else { throw PoolException.incorrectPassword }
    turn.state.sessionKey = nil
    turn.state.methods.append(.password)
    if let deviceKey = turn.responses["DEVICE_KEY"], !deviceKey.isEmpty { turn.state.deviceKey = deviceKey }
    return .passed(.firstFactor)
  }
}

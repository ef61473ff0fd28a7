import Cognito
import FoundationEssentials

/// What comes after which step.
extension SignInTurn {
  /// After the password, or whatever first factor the flow has.
  mutating func firstFactorPassed() throws -> JSONValue {
    let user = try requireUser()
    guard user.isEnabled else { throw PoolException.userDisabled }
    switch user.status {
    case .unconfirmed: throw PoolException.userNotConfirmed
    case .resetRequired:
      // A client that may not learn about users gets the same answer as for a wrong password.
      throw client.settings.hidesUserExistence ? PoolException.incorrectPassword : PoolException.passwordResetRequired
    case .forceChangePassword:
      guard !user.temporaryPasswordHasExpired(in: pool, at: context.clock.now) else {
        throw PoolException.notAuthorized("Temporary password has expired and must be reset by an administrator.")
      }
      return try NewPasswordChallenge.ask(&self)
    default: return try secondFactor()
    }
  }

  /// A remembered device, else a second factor, if the pool or the user wants one.
  mutating func secondFactor() throws -> JSONValue {
    if state.satisfiesMFA { return try finish() }
    if pool.settings.devicesReplaceSecondFactors, !lacksLevel,
      let challenge = try DeviceSRPChallenge.askIfRemembered(&self)
    {
      return challenge
    }
    return try SecondFactor.ask(&self)
  }

  /// After the second factor, or where none is due. A device that doesn't stand for it proves itself last.
  mutating func secondFactorPassed() throws -> JSONValue {
    if !pool.settings.devicesReplaceSecondFactors, let challenge = try DeviceSRPChallenge.askIfRemembered(&self) {
      return challenge
    }
    return try finish()
  }
}

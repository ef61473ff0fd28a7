import Cognito

/// The order of a sign-in, for the operations, the pages and the sign-in after a sign-up alike: which step begins, and which
/// follows which. One call goes down until a step asks for something; the next call goes on below that step.
enum SignInOrder {
  /// The first call.
  /// - Parameter isKnown: the user has just shown as much as a first factor, by signing up.
  static func begin(_ turn: inout SignInTurn, isKnown: Bool = false) throws -> JSONValue {
    try turn.runPreAuthentication()
    let outcome = isKnown ? .passed(.firstFactor) : try firstFactor(&turn)
    return try proceed(outcome, &turn)
  }

  /// A later call: the client answers what the one before it asked for.
  static func answer(_ challenge: any ChallengeAnswer.Type, _ turn: inout SignInTurn) throws -> JSONValue {
    try proceed(try challenge.answer(&turn), &turn)
  }

  private static func proceed(_ outcome: SignInOutcome, _ turn: inout SignInTurn) throws -> JSONValue {
    switch outcome {
    case .asks(let answer): answer
    case .passed(.firstFactor) where turn.state.flow == .custom:
      // Within CUSTOM_AUTH the password is one challenge among the triggers' own.
      try proceed(try CustomChallenge.passwordPassed(&turn), &turn)
    case .passed(let stage):
      // Nothing more is asked for: tokens, or for the pages who it was.
      try challenge(after: stage, &turn) ?? turn.finish()
    }
  }

  /// What each flow begins with.
  private static func firstFactor(_ turn: inout SignInTurn) throws -> SignInOutcome {
    switch turn.state.flow {
    case .userSRP: try PasswordSRPChallenge.answer(&turn)
    case .userPassword, .adminUserPassword, .adminNoSRP: try PasswordChallenge.answer(&turn)
    case .custom: try CustomChallenge.begin(&turn)
    default: try FirstFactorChoice.begin(&turn)
    }
  }

  /// What the client is asked for after this stage; nil where nothing is left.
  private static func challenge(after stage: SignInStage, _ turn: inout SignInTurn) throws -> JSONValue? {
    switch stage {
    case .firstFactor:
      let user = try turn.requireUser()
      try requireUsable(user, turn)
      guard user.status == .forceChangePassword else { fallthrough }
      return try NewPasswordChallenge.ask(&turn)
    case .newPassword:
      // A passkey that verified its user is both factors, and a device wouldn't add to it.
      if turn.state.satisfiesMFA { return nil }
      // A device adds nothing to the level of a step-up.
      if turn.pool.settings.devicesReplaceSecondFactors, !turn.lacksLevel,
        let challenge = try DeviceSRPChallenge.askIfRemembered(&turn)
      {
        return challenge
      }
      if let challenge = try SecondFactor.ask(&turn) { return challenge }
      fallthrough
    case .secondFactor:
      // A device that doesn't stand for the second factor proves itself after it.
      if turn.pool.settings.devicesReplaceSecondFactors { return nil }
      return try DeviceSRPChallenge.askIfRemembered(&turn)
    case .customChallenges:
      // A second factor is the triggers' business; Cognito still checks a remembered device.
      let user = try turn.requireUser()
      guard user.isEnabled else { throw PoolException.userDisabled }
      guard user.status != .unconfirmed else { throw PoolException.userNotConfirmed }
      return try DeviceSRPChallenge.askIfRemembered(&turn)
    case .device:
      return nil
    }
  }

  /// Whether a user who has shown the first factor may go on.
  private static func requireUsable(_ user: UserRecord, _ turn: SignInTurn) throws {
    guard user.isEnabled else { throw PoolException.userDisabled }
    switch user.status {
    case .unconfirmed: throw PoolException.userNotConfirmed
    case .resetRequired:
      // A client that may not learn about users gets the same answer as for a wrong password.
      throw turn.client.settings.hidesUserExistence
        ? PoolException.incorrectPassword : PoolException.passwordResetRequired
    case .forceChangePassword:
      guard !user.temporaryPasswordHasExpired(in: turn.pool, at: turn.context.clock.now) else {
        throw PoolException.notAuthorized("Temporary password has expired and must be reset by an administrator.")
      }
    default: break
    }
  }
}

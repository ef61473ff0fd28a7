import Cognito

/// SOFTWARE_TOKEN_MFA: a code of an authenticator app.
enum SoftwareTokenChallenge: ChallengeAnswer {
  static func ask(_ turn: inout SignInTurn) throws -> JSONValue {
    var parameters: [String: JSONValue] = ["USER_ID_FOR_SRP": .string(turn.state.username)]
    if let name = turn.user?.mfa.softwareTokenName { parameters["FRIENDLY_DEVICE_NAME"] = .string(name) }
    return try turn.challenge(.softwareTokenMFA, parameters)
  }

  static func answer(_ turn: inout SignInTurn) throws -> SignInOutcome {
    let code = try turn.response("SOFTWARE_TOKEN_MFA_CODE")
    let user = try turn.requireUser()
    guard let secret = user.mfa.softwareTokenSecret else {
      throw PoolException(
        "SoftwareTokenMFANotFoundException", "Software Token MFA has not been enabled by the userpool.")
    }
    guard
      let step = SoftwareTokenCheck.acceptedStep(
        code: code, secret: secret, lastStep: user.mfa.lastSoftwareTokenStep, now: turn.context.clock.epoch)
    else {
      turn.countFailure()
      if let lastStep = user.mfa.lastSoftwareTokenStep, isReplay(code, secret, lastStep) { throw alreadyUsed }
      throw PoolException.codeMismatch("Invalid code received for user")
    }
    turn.writes.append { transaction in
      // The same code in two sign-ins at once: the first to commit wins.
      guard try transaction.users.useSoftwareTokenStep(step, of: user.id) else {
        throw alreadyUsed
      }
    }
    turn.state.methods.append(.softwareToken)
    return .passed(.secondFactor)
  }

  private static var alreadyUsed: PoolException { .expiredCode("Your software token has already been used once.") }

  private static func isReplay(_ code: String, _ secret: [UInt8], _ lastStep: Int64) -> Bool {
    let last = TOTP(key: Secret(bytes: secret)).code(counter: UInt64(max(0, lastStep)))
    return constantTimeEquals(Array(last.utf8), Array(code.utf8))
  }
}

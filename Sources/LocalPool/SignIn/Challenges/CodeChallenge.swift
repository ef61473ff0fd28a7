import Cognito

/// SMS_MFA, EMAIL_OTP, SMS_OTP: a code that goes to the user by another way. It travels in the sealed session, so it lives
/// as long as that, and a new session has a new one.
enum CodeChallenge: ChallengeAnswer {
  static func ask(_ name: ChallengeName, isFirstFactor: Bool, _ turn: inout SignInTurn) throws -> JSONValue {
    let isSMS = name == .smsMFA || name == .smsOTP
    let code = turn.context.random.code()
    turn.state.code = code
    turn.state.isFirstFactor = isFirstFactor
    var destination = isSMS ? "+********0000" : "u***@e***"
    if let user = turn.user {
      guard let address = user[isSMS ? "phone_number" : "email"] else {
        throw ServiceError.invalidParameter(
          "User has no \(isSMS ? "phone number" : "email address") to send the code to.")
      }
      destination = CodeDestination.masked(address)
      let text = "Your authentication code is \(code)."
      try turn.context.outbox.deliver(
        OutboxMessage(
          poolId: turn.pool.id, username: user.username, medium: isSMS ? .sms : .email, destination: address,
          kind: isFirstFactor ? "first-factor" : "mfa", subject: "Your authentication code", body: text, code: code,
          createdAt: turn.context.clock.now))
    }
    return try turn.challenge(
      name,
      [
        "CODE_DELIVERY_DELIVERY_MEDIUM": isSMS ? "SMS" : "EMAIL",
        "CODE_DELIVERY_DESTINATION": .string(destination),
        "USER_ID_FOR_SRP": .string(turn.state.username),
      ])
  }

  static func answer(_ turn: inout SignInTurn) throws -> JSONValue {
    let member =
      switch turn.state.challenge {
      case .smsMFA: "SMS_MFA_CODE"
      case .smsOTP: "SMS_OTP_CODE"
      default: "EMAIL_OTP_CODE"
      }
    let given = try turn.response(member)
    let expected = turn.state.code ?? ""
    guard !expected.isEmpty, constantTimeEquals(Array(expected.utf8), Array(given.utf8)), turn.user != nil else {
      turn.countFailure()
      throw ServiceError.codeMismatch("Invalid code or auth state for the user.")
    }
    turn.state.code = nil
    if let email = turn.state.newEmail { try setUp(email, &turn) }
    guard turn.state.isFirstFactor else { return try turn.finish() }
    turn.state.isFirstFactor = false
    return try turn.firstFactorPassed()
  }

  /// The last step of setting up e-mail as the second factor.
  private static func setUp(_ email: String, _ turn: inout SignInTurn) throws {
    var user = try turn.requireUser()
    let pool = turn.pool
    user["email"] = email
    user["email_verified"] = "true"
    user.mfa.emailEnabled = true
    user.mfa.preferred = ChallengeName.emailOTP.rawValue
    turn.user = user
    turn.state.newEmail = nil
    let changed = user
    turn.writes.append { transaction in
      try transaction.users.update(changed)
      try Aliases.assign(to: changed, in: pool, transaction)
    }
  }
}

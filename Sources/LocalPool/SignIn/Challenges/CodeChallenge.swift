import Cognito

/// SMS_MFA, EMAIL_OTP, SMS_OTP: a code that goes to the user by another way. It travels in the sealed session, so it lives
/// as long as that, and a new session has a new one.
enum CodeChallenge: ChallengeAnswer {
  static func ask(_ name: ChallengeName, isFirstFactor: Bool, _ turn: inout SignInTurn) throws -> JSONValue {
    let isSMS = name == .smsMFA || name == .smsOTP
    let code = turn.context.random.code()
    turn.state.code = code
    turn.state.isFirstFactor = isFirstFactor
    let delivery = try send(code, bySMS: isSMS, &turn)
    return try turn.challenge(
      name,
      [
        "CODE_DELIVERY_DELIVERY_MEDIUM": .string(delivery.medium.rawValue),
        "CODE_DELIVERY_DESTINATION": .string(delivery.masked),
        "USER_ID_FOR_SRP": .string(turn.state.username),
      ])
  }

  /// AWS: 5 to 20 e-mails for second factors, by risk.
  private static let secondFactorsAnHour = 20

  /// Sends the code; to a user who doesn't exist, it only looks so.
  private static func send(_ code: String, bySMS isSMS: Bool, _ turn: inout SignInTurn) throws -> CodeDestination {
    guard let user = turn.user else {
      return CodeDestination.simulated(
        login: turn.responses["USERNAME"] ?? "", strangerID: turn.state.username, medium: isSMS ? .sms : .email)
    }
    guard let delivery = CodeDestination(to: isSMS ? "phone_number" : "email", of: user) else {
      throw PoolException.invalidParameter(
        "User has no \(isSMS ? "phone number" : "email address") to send the code to.")
    }
    if !isSMS, !turn.state.isFirstFactor {
      let now = turn.context.clock.now
      let count = try turn.context.store.write { try $0.codes.countAttempt(user: user.id, kind: "send-mfa", at: now) }
      guard count <= secondFactorsAnHour else { throw PoolException.limitExceeded }
    }
    try MessageComposer.send(
      .authentication, code: code, to: delivery, user: user, pool: turn.pool, clientID: turn.client.id,
      metadata: turn.metadata, context: turn.context)
    return delivery
  }

  static func answer(_ turn: inout SignInTurn) throws -> SignInOutcome {
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
      throw PoolException.codeMismatch("Invalid code or auth state for the user.")
    }
    turn.state.code = nil
    turn.state.methods.append(turn.state.challenge == .emailOTP ? .email : .sms)
    if let email = turn.state.newEmail { try setUp(email, &turn) }
    guard turn.state.isFirstFactor else { return .passed(.secondFactor) }
    turn.state.isFirstFactor = false
    return .passed(.firstFactor)
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

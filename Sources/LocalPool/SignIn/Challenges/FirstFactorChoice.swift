import Cognito

/// USER_AUTH, and its SELECT_CHALLENGE: the user chooses the first factor.
enum FirstFactorChoice: ChallengeAnswer {
  static func begin(_ turn: inout SignInTurn) throws -> SignInOutcome {
    if let outcome = try StepUp.begin(&turn) { return outcome }
    let offered = try available(turn)
    if let factor = try preferred(among: offered, turn) { return try start(factor, &turn) }
    return try offer(offered, &turn)
  }

  /// The factor that the client would like to begin with, if the user has it.
  static func preferred(among offered: [ChallengeName], _ turn: SignInTurn) throws -> ChallengeName? {
    guard let preferred = turn.responses["PREFERRED_CHALLENGE"], !preferred.isEmpty else { return nil }
    guard let factor = ChallengeName(rawValue: preferred), firstFactors.contains(factor) else {
      throw PoolException.invalidParameter("PREFERRED_CHALLENGE is not a first factor: \(preferred.prefix(64))")
    }
    return offered.contains(factor) ? factor : nil
  }

  static func offer(_ offered: [ChallengeName], _ turn: inout SignInTurn) throws -> SignInOutcome {
    turn.state.offered = offered
    // With a passkey the choice can be answered by the credential at once.
    let parameters = offered.contains(.webAuthn) ? try WebAuthnChallenge.options(&turn) : [:]
    return .asks(
      try turn.challenge(
        .selectChallenge, parameters, members: ["AvailableChallenges": .array(offered.map { .string($0.rawValue) })]))
  }

  static func answer(_ turn: inout SignInTurn) throws -> SignInOutcome {
    let answer = try turn.response("ANSWER")
    guard let factor = ChallengeName(rawValue: answer), turn.state.offered.contains(factor) else {
      throw PoolException.invalidParameter("Selected challenge is not available: \(answer.prefix(64))")
    }
    turn.state.offered = []
    return try start(factor, &turn)
  }

  private static let firstFactors: [ChallengeName] = [.password, .passwordSRP, .emailOTP, .smsOTP, .webAuthn]

  /// Goes straight on where the call already holds what the factor needs.
  static func start(_ factor: ChallengeName, _ turn: inout SignInTurn) throws -> SignInOutcome {
    switch factor {
    case .password:
      return turn.responses["PASSWORD"] == nil
        ? .asks(try turn.challenge(.password)) : try PasswordChallenge.answer(&turn)
    case .passwordSRP:
      return turn.responses["SRP_A"] == nil
        ? .asks(try turn.challenge(.passwordSRP)) : try PasswordSRPChallenge.answer(&turn)
    case .webAuthn:
      return turn.responses["CREDENTIAL"] == nil || turn.answered == nil
        ? .asks(try WebAuthnChallenge.ask(&turn)) : try WebAuthnChallenge.answer(&turn)
    default:
      return .asks(try CodeChallenge.ask(factor, isFirstFactor: true, &turn))
    }
  }

  /// What the pool allows and the user has. A user who doesn't exist seems to have all that the pool allows.
  static func available(_ turn: SignInTurn) throws -> [ChallengeName] {
    let allowed = Set(turn.pool.settings.allowedFirstFactors)
    var factors: [ChallengeName] = []
    if allowed.contains("PASSWORD"), turn.user.map({ $0.password != nil }) ?? true {
      factors += [.password, .passwordSRP]
    }
    // Who has a second factor must show the password, or a passkey that is both: a code alone would be one factor only.
    let hasSecond = turn.user.map { !SecondFactor.available(to: $0, in: turn.pool).isEmpty } ?? false
    let needsTwo = turn.pool.settings.mfa == "ON" || hasSecond
    if try PasskeyOffer.isDue(turn, needsTwo: needsTwo) { factors.append(.webAuthn) }
    guard !needsTwo else { return factors }
    if allowed.contains("EMAIL_OTP"), has("email", turn.user) { factors.append(.emailOTP) }
    if allowed.contains("SMS_OTP"), has("phone_number", turn.user) { factors.append(.smsOTP) }
    return factors
  }

  private static func has(_ attribute: String, _ user: UserRecord?) -> Bool {
    guard let user else { return true }
    return user[attribute] != nil && user[attribute + "_verified"] == "true"
  }
}

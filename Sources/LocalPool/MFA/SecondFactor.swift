import Cognito

/// Which second factor a sign-in goes on with.
enum SecondFactor {
  /// Nil where none is due.
  static func ask(_ turn: inout SignInTurn) throws -> JSONValue? {
    let user = try turn.requireUser()
    var factors = available(to: user, in: turn.pool)
    if turn.lacksLevel {
      let (shown, target) = (turn.state.methods, turn.state.target ?? 0)
      factors = factors.filter { factor in
        factor.method.flatMap { AuthenticationMethod.level(of: shown + [$0]) }.map { $0 >= target } ?? false
      }
      guard !factors.isEmpty else { throw PoolException.notAuthorized("The user can't reach the level any more.") }
    }
    if factors.isEmpty {
      guard turn.pool.settings.mfa == "ON" else { return nil }
      return try MFASetupChallenge.ask(&turn)
    }
    if factors.count == 1 { return try ask(factors[0], &turn) }
    if let preferred = user.mfa.preferred.flatMap(ChallengeName.init), factors.contains(preferred) {
      return try ask(preferred, &turn)
    }
    return try SelectMFAChallenge.ask(factors, &turn)
  }

  static func ask(_ factor: ChallengeName, _ turn: inout SignInTurn) throws -> JSONValue {
    switch factor {
    case .smsMFA, .emailOTP: try CodeChallenge.ask(factor, isFirstFactor: false, &turn)
    default: try SoftwareTokenChallenge.ask(&turn)
    }
  }

  /// What the user has and the pool allows; empty when none is asked for.
  static func available(to user: UserRecord, in pool: PoolRecord) -> [ChallengeName] {
    guard pool.settings.mfa != "OFF" else { return [] }
    var factors: [ChallengeName] = []
    let hasPhone = user["phone_number"] != nil
    // Where MFA is a must, a phone number is enough: the user need not have turned SMS on.
    if pool.settings.allowsSMSMFA, hasPhone, user.mfa.smsEnabled || (pool.settings.mfa == "ON" && !user.mfa.hasAny) {
      factors.append(.smsMFA)
    }
    if pool.settings.allowsSoftwareTokens, user.mfa.softwareTokenEnabled, user.mfa.softwareTokenSecret != nil {
      factors.append(.softwareTokenMFA)
    }
    if pool.settings.allowsEmailMFA, user.mfa.emailEnabled, user["email"] != nil {
      factors.append(.emailOTP)
    }
    return factors
  }
}

extension PoolSettings {
  var allowsSMSMFA: Bool { smsMfaConfiguration != nil }
  var allowsEmailMFA: Bool { emailMfaConfiguration != nil }
}

extension MFASettings {
  var hasAny: Bool { smsEnabled || softwareTokenEnabled || emailEnabled }
}

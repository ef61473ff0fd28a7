import Cognito

/// MFA_SETUP: the pool demands a second factor and the user has none. A software token is set up by AssociateSoftwareToken
/// and VerifySoftwareToken with this session; an e-mail address is given at once.
enum MFASetupChallenge: ChallengeAnswer {
  static func ask(_ turn: inout SignInTurn) throws -> JSONValue {
    var possible: [String] = []
    if turn.pool.settings.allowsSMSMFA { possible.append("SMS_MFA") }
    if turn.pool.settings.allowsSoftwareTokens { possible.append("SOFTWARE_TOKEN_MFA") }
    if turn.pool.settings.allowsEmailMFA { possible.append("EMAIL_OTP") }
    guard !possible.isEmpty else {
      throw PoolException.invalidParameter("The user pool requires MFA but allows no factor.")
    }
    return try turn.challenge(
      .mfaSetup,
      [
        "MFAS_CAN_SETUP": .string(ChallengeText.list(possible)), "USER_ID_FOR_SRP": .string(turn.state.username),
      ])
  }

  static func answer(_ turn: inout SignInTurn) throws -> SignInOutcome {
    var user = try turn.requireUser()
    if let email = turn.responses["EMAIL"], turn.pool.settings.allowsEmailMFA {
      let attribute = AttributeRecord(name: "email", value: email)
      try AttributeRules.check([attribute], in: turn.pool, by: .administrator, isNew: false)
      user["email"] = email
      user["email_verified"] = "false"
      user.mfa.emailEnabled = true
      // Stored only when the code that goes there comes back.
      turn.user = user
      turn.state.newEmail = email
      return .asks(try CodeChallenge.ask(.emailOTP, isFirstFactor: false, &turn))
    }
    // VerifySoftwareToken has stored it.
    guard turn.state.softwareTokenIsVerified, user.mfa.softwareTokenEnabled else {
      throw PoolException.invalidParameter(
        "MFA setup is not complete: verify a software token with this session first.")
    }
    // A code of the new key was shown in between.
    turn.state.methods.append(.softwareToken)
    return .passed(.secondFactor)
  }
}

import Cognito

/// Takes the answer to one kind of challenge.
protocol ChallengeAnswer {
  /// Checks `turn.responses`; what comes next isn't its business.
  static func answer(_ turn: inout SignInTurn) throws -> SignInOutcome
}

/// Which type answers which challenge.
enum ChallengeAnswers {
  static func type(for name: ChallengeName) -> (any ChallengeAnswer.Type)? {
    switch name {
    case .passwordVerifier: PasswordVerifierChallenge.self
    case .newPasswordRequired: NewPasswordChallenge.self
    case .softwareTokenMFA: SoftwareTokenChallenge.self
    case .smsMFA, .emailOTP, .smsOTP: CodeChallenge.self
    case .selectMFAType: SelectMFAChallenge.self
    case .mfaSetup: MFASetupChallenge.self
    case .customChallenge: CustomChallenge.self
    case .selectChallenge: FirstFactorChoice.self
    case .password: PasswordChallenge.self
    case .passwordSRP: PasswordSRPChallenge.self
    case .webAuthn: WebAuthnChallenge.self
    case .deviceSRPAuth: DeviceSRPChallenge.self
    case .devicePasswordVerifier: DevicePasswordVerifierChallenge.self
    default: nil
    }
  }
}

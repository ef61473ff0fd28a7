/// `ChallengeNameType`.
enum ChallengeName: String, Codable, Sendable, CaseIterable {
  case smsMFA = "SMS_MFA"
  case emailOTP = "EMAIL_OTP"
  case softwareTokenMFA = "SOFTWARE_TOKEN_MFA"
  case selectMFAType = "SELECT_MFA_TYPE"
  case mfaSetup = "MFA_SETUP"
  case passwordVerifier = "PASSWORD_VERIFIER"
  case customChallenge = "CUSTOM_CHALLENGE"
  case selectChallenge = "SELECT_CHALLENGE"
  case deviceSRPAuth = "DEVICE_SRP_AUTH"
  case devicePasswordVerifier = "DEVICE_PASSWORD_VERIFIER"
  case adminNoSRPAuth = "ADMIN_NO_SRP_AUTH"
  case newPasswordRequired = "NEW_PASSWORD_REQUIRED"
  case smsOTP = "SMS_OTP"
  case password = "PASSWORD"
  case webAuthn = "WEB_AUTHN"
  case passwordSRP = "PASSWORD_SRP"
}

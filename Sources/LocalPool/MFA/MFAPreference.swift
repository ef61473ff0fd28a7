/// The rules that SetUserMFAPreference and AdminSetUserMFAPreference share.
enum MFAPreference {
  /// - Throws: InvalidParameterException for a factor that isn't set up, or for two preferred ones.
  static func apply(_ input: OperationInput, to user: inout UserRecord, in pool: PoolRecord) throws {
    let settings: [(member: String, name: String)] = [
      ("SMSMfaSettings", "SMS_MFA"), ("SoftwareTokenMfaSettings", "SOFTWARE_TOKEN_MFA"),
      ("EmailMfaSettings", "EMAIL_OTP"),
    ]
    var preferred: [String] = []
    for (member, name) in settings {
      guard let given = try input.optionalObject(member) else { continue }
      let isEnabled = try given.bool("Enabled")
      let isPreferred = try given.bool("PreferredMfa")
      if isEnabled { try checkIsSetUp(name, user) }
      guard isEnabled || !isPreferred else {
        throw PoolException.invalidParameter("User has not enabled the preferred MFA \(name).")
      }
      set(name, isEnabled, on: &user)
      if isPreferred {
        preferred.append(name)
      } else if user.mfa.preferred == name {
        user.mfa.preferred = nil
      }
    }
    guard preferred.count < 2 else {
      throw PoolException.invalidParameter("Only one MFA factor can be preferred.")
    }
    if let only = preferred.first { user.mfa.preferred = only }
    try applyPasskeys(input, to: &user, in: pool)
  }

  /// A passkey stands for both factors only in a pool that says so, and only beside another second factor: who loses the
  /// authenticator would be locked out.
  private static func applyPasskeys(_ input: OperationInput, to user: inout UserRecord, in pool: PoolRecord) throws {
    if let given = try input.optionalObject("WebAuthnMfaSettings") {
      let isEnabled = try given.bool("Enabled")
      guard !isEnabled || pool.settings.passkeysCanBeMultiFactor else {
        throw PoolException.invalidParameter("Passkey MFA is not enabled for the user pool.")
      }
      user.mfa.passkeyEnabled = isEnabled
    }
    guard user.mfa.passkeyEnabled != true || user.mfa.hasAny else {
      throw PoolException.invalidParameter("User must have another MFA method besides passkeys.")
    }
  }

  private static func set(_ name: String, _ isEnabled: Bool, on user: inout UserRecord) {
    switch name {
    case "SMS_MFA": user.mfa.smsEnabled = isEnabled
    case "SOFTWARE_TOKEN_MFA": user.mfa.softwareTokenEnabled = isEnabled
    default: user.mfa.emailEnabled = isEnabled
    }
  }

  private static func checkIsSetUp(_ name: String, _ user: UserRecord) throws(PoolException) {
    switch name {
    case "SMS_MFA":
      guard user["phone_number"] != nil else {
        throw .invalidParameter("User does not have delivery config set to turn on SMS_MFA")
      }
    case "SOFTWARE_TOKEN_MFA":
      guard user.mfa.softwareTokenSecret != nil else {
        throw .invalidParameter("User has not verified software token mfa")
      }
    default:
      guard user["email"] != nil else {
        throw .invalidParameter("User does not have delivery config set to turn on EMAIL_OTP")
      }
    }
  }
}

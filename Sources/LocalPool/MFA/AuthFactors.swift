import Cognito

/// The ways by which a user can begin a sign-in, and their second factors: what GetUserAuthFactors and
/// AdminGetUserAuthFactors answer.
enum AuthFactors {
  static func json(of user: UserRecord, in pool: PoolRecord, _ context: PoolContext) throws -> JSONValue {
    let hasPasskey = try !PasskeyPolicy(of: pool, context).usable(by: user, context).isEmpty
    let configured = pool.settings.allowedFirstFactors.filter { factor in
      switch factor {
      case "PASSWORD": user.password != nil
      case "EMAIL_OTP": user["email_verified"]?.lowercased() == "true"
      case "SMS_OTP": user["phone_number_verified"]?.lowercased() == "true"
      case "WEB_AUTHN": hasPasskey
      default: false
      }
    }
    let factors = user.mfaNames
    return .fields([
      "Username": .string(user.username), "ConfiguredUserAuthFactors": .texts(configured),
      "UserMFASettingList": factors.isEmpty ? nil : .texts(factors),
      "PreferredMfaSetting": user.mfa.preferred.map { .string($0) },
    ])
  }
}

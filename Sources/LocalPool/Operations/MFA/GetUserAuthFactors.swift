import Cognito

/// The ways by which the caller can begin a sign-in, and their second factors.
enum GetUserAuthFactors: Operation {
  static let name = "GetUserAuthFactors"
  static let access = OperationAccess.accessToken
  static let shape: InputShape = [.required("AccessToken", .accessToken)]

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let caller = try request.requireCaller()
    let user = caller.user
    let allowed = caller.pool.settings.policies?.signInPolicy?.allowedFirstAuthFactors ?? ["PASSWORD"]
    let configured = allowed.filter { factor in
      switch factor {
      case "PASSWORD": user.password != nil
      case "EMAIL_OTP": user["email_verified"]?.lowercased() == "true"
      case "SMS_OTP": user["phone_number_verified"]?.lowercased() == "true"
      default: false
      }
    }
    let factors = user.mfaNames
    return .members([
      "Username": .string(user.username), "ConfiguredUserAuthFactors": .strings(configured),
      "UserMFASettingList": factors.isEmpty ? nil : .strings(factors),
      "PreferredMfaSetting": user.mfa.preferred.map { .string($0) },
    ])
  }
}

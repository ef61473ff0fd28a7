/// What is known about an operation by its name.
enum OperationModel {
  /// Operations that take no AWS signature (`smithy.api#noAuth` in the service's model): all that a user does.
  static let unsigned: Set<String> = [
    "AssociateSoftwareToken", "ChangePassword", "CompleteWebAuthnRegistration", "ConfirmDevice",
    "ConfirmForgotPassword", "ConfirmSignUp", "DeleteUser", "DeleteUserAttributes", "DeleteWebAuthnCredential",
    "ForgetDevice", "ForgotPassword", "GetDevice", "GetTokensFromRefreshToken", "GetUser",
    "GetUserAttributeVerificationCode", "GetUserAuthFactors", "GlobalSignOut", "InitiateAuth", "ListDevices",
    "ListUserSessions", "ListWebAuthnCredentials", "ResendConfirmationCode", "RespondToAuthChallenge", "RevokeToken",
    "RevokeUserSession", "SetUserMFAPreference", "SetUserSettings", "SignUp", "StartWebAuthnRegistration",
    "UpdateAuthEventFeedback",
    "UpdateDeviceStatus", "UpdateUserAttributes", "VerifySoftwareToken", "VerifyUserAttribute",
    // Identity pools.
    "GetId", "GetCredentialsForIdentity", "GetOpenIdToken", "UnlinkIdentity",
  ]

  /// Operations whose names say "get" though they change something or send a message.
  private static let notReads: Set<String> = ["GetTokensFromRefreshToken", "GetUserAttributeVerificationCode", "GetId"]

  /// Changes that have the same effect when they are made twice.
  private static let idempotent: Set<String> = [
    "AdminAddUserToGroup", "AdminDisableUser", "AdminEnableUser", "AdminRemoveUserFromGroup",
    "AdminUserGlobalSignOut", "RevokeToken", "SetUserMFAPreference", "UpdateDeviceStatus",
  ]

  /// Operations in which Cognito may call the pool's Lambda functions (the triggers' pages of its developer guide): around
  /// a sign-up and a sign-in, before tokens, and wherever a message is written.
  private static let withTriggers: Set<String> = [
    "ConfirmForgotPassword", "ConfirmSignUp", "CreateUser", "ForgotPassword", "GetClientToken", "GetDerivedToken",
    "GetTokensFromRefreshToken", "GetUserAttributeVerificationCode", "InitiateAuth", "ResendConfirmationCode",
    "ResetUserPassword", "RespondToAuthChallenge", "SignUp", "UpdateUserAttributes",
  ]

  /// Whether a call may take as long as Lambda functions of the pool take.
  static func runsTriggers(_ name: String) -> Bool {
    withTriggers.contains(name.hasPrefix("Admin") ? String(name.dropFirst(5)) : name)
  }

  /// Whether a call may be sent again when it is not known what became of it.
  static func isRepeatable(_ name: String) -> Bool {
    if idempotent.contains(name) { return true }
    if notReads.contains(name) { return false }
    return ["Get", "List", "Describe", "AdminGet", "AdminList"].contains { name.hasPrefix($0) }
  }
}

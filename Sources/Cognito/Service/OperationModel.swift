/// What is known about an operation by its name.
enum OperationModel {
  /// Operations that take no AWS signature (`smithy.api#noAuth` in the service's model): all that a user does, and the two
  /// by which an app client that shows its id and secret gets tokens. Those the model has as signed, and the service's
  /// documentation says that id and secret are enough (for GetClientToken, that AWS credentials can't be used).
  static let unsigned: Set<String> = [
    "AssociateSoftwareToken", "ChangePassword", "CompleteWebAuthnRegistration", "ConfirmDevice",
    "ConfirmForgotPassword", "ConfirmSignUp", "DeleteUser", "DeleteUserAttributes", "DeleteWebAuthnCredential",
    "ForgetDevice", "ForgotPassword", "GetClientToken", "GetDerivedToken", "GetDevice", "GetTokensFromRefreshToken",
    "GetUser",
    "GetUserAttributeVerificationCode", "GetUserAuthFactors", "GlobalSignOut", "InitiateAuth", "ListDevices",
    "ListUserSessions", "ListWebAuthnCredentials", "ResendConfirmationCode", "RespondToAuthChallenge", "RevokeToken",
    "RevokeUserSession", "SetUserMFAPreference", "SetUserSettings", "SignUp", "StartWebAuthnRegistration",
    "UpdateAuthEventFeedback",
    "UpdateDeviceStatus", "UpdateUserAttributes", "VerifySoftwareToken", "VerifyUserAttribute",
    // Identity pools.
    "GetId", "GetCredentialsForIdentity", "GetOpenIdToken", "UnlinkIdentity",
  ]

  /// Signed operations that are about no user pool in particular: their input has no UserPoolId.
  static let withoutPool: Set<String> = [
    "CreateUserPool", "DescribeUserPoolDomain", "GetProvisionedLimit", "ListTagsForResource", "ListUserPools",
    "TagResource", "UntagResource", "UpdateProvisionedLimit",
  ]

  /// Operations whose names say "get" though they change something or send a message.
  private static let notReads: Set<String> = ["GetTokensFromRefreshToken", "GetUserAttributeVerificationCode", "GetId"]

  /// Changes that have the same effect when they are made twice: they set what is to be, and refuse nothing the second
  /// time.
  private static let idempotent: Set<String> = [
    "AdminAddUserToGroup", "AdminDisableUser", "AdminEnableUser", "AdminRemoveUserFromGroup",
    "AdminSetUserMFAPreference", "AdminUpdateDeviceStatus", "AdminUserGlobalSignOut", "RevokeToken",
    "SetUserMFAPreference", "SetUserPoolClientSessionConfiguration", "SetUserPoolSessionConfiguration",
    "UpdateDeviceStatus",
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

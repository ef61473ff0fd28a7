/// The members that CreateUserPoolClient and UpdateUserPoolClient share.
enum ClientShapes {
  static let name = Constraint.string(1...128, .title, isSensitive: false)
  static let secret = Constraint.string(24...64, .wordPlus, isSensitive: true)
  private static let url = Constraint.string(1...1024, .visible, isSensitive: false)
  private static let permission = Constraint.string(1...2048, .anything, isSensitive: false)
  private static let unit = Constraint.choice(["seconds", "minutes", "hours", "days"])

  static let settings: [Member] = [
    // Kept and shown, without effect.
    .optional("AnalyticsConfiguration", .anything),
    .optional("RefreshTokenValidity", .integer(0...315_360_000)),
    .optional("AccessTokenValidity", .integer(1...86_400)),
    .optional("IdTokenValidity", .integer(1...86_400)),
    .optional(
      "TokenValidityUnits",
      .object([.optional("AccessToken", unit), .optional("IdToken", unit), .optional("RefreshToken", unit)])),
    .optional("ReadAttributes", .strings(permission)),
    .optional("WriteAttributes", .strings(permission)),
    .optional(
      "ExplicitAuthFlows",
      .strings(
        .choice([
          "ADMIN_NO_SRP_AUTH", "CUSTOM_AUTH_FLOW_ONLY", "USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH",
          "ALLOW_CUSTOM_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH",
          "ALLOW_USER_AUTH", "ALLOW_TOKEN_EXCHANGE_DELEGATION", "ALLOW_TOKEN_EXCHANGE_IMPERSONATION",
          "ALLOW_CLIENT_TOKEN_AUTH",
        ]))),
    .optional("SupportedIdentityProviders", .strings(.string(1...32, .visibleOrSeparator, isSensitive: false))),
    .optional("CallbackURLs", .list(url, 0...100)),
    .optional("LogoutURLs", .list(url, 0...100)),
    .optional("DefaultRedirectURI", url),
    .optional("AllowedOAuthFlows", .list(.choice(["code", "implicit", "client_credentials"]), 0...3)),
    .optional("AllowedOAuthScopes", .list(.string(1...256, .scope, isSensitive: false), 0...50)),
    .optional("AllowedOAuthFlowsUserPoolClient", .bool),
    .optional("PreventUserExistenceErrors", .choice(["LEGACY", "ENABLED"])),
    .optional("EnableTokenRevocation", .bool),
    .optional("EnablePropagateAdditionalUserContextData", .bool),
    .optional("AuthSessionValidity", .integer(3...15)),
    .optional(
      "RefreshTokenRotation",
      .object([
        .required("Feature", .choice(["ENABLED", "DISABLED"])),
        .optional("RetryGracePeriodSeconds", .integer(0...60)),
      ])),
  ]
}

/// What an app client may do: the typed view of `CreateUserPoolClient`'s input.
package struct ClientSettings: Decodable, Sendable {
  package struct Units: Decodable, Sendable {
    /// `seconds`, `minutes`, `hours`, `days`.
    package var accessToken: String?
    package var idToken: String?
    package var refreshToken: String?
  }

  package struct Rotation: Decodable, Sendable {
    /// `ENABLED` or `DISABLED`.
    package var feature: String
    package var retryGracePeriodSeconds: Int?
  }

  package struct Sessions: Decodable, Sendable {
    package struct Browser: Decodable, Sendable {
      package var maxValidityMinutes: Int
    }
    package var sSOSession: Browser?
  }

  package var clientName: String
  package var refreshTokenValidity: Int?
  package var accessTokenValidity: Int?
  package var idTokenValidity: Int?
  package var tokenValidityUnits: Units?
  package var readAttributes: [String]?
  package var writeAttributes: [String]?
  package var explicitAuthFlows: [String]?
  package var supportedIdentityProviders: [String]?
  package var callbackURLs: [String]?
  package var logoutURLs: [String]?
  package var defaultRedirectURI: String?
  package var allowedOAuthFlows: [String]?
  package var allowedOAuthScopes: [String]?
  package var allowedOAuthFlowsUserPoolClient: Bool?
  package var preventUserExistenceErrors: String?
  package var enableTokenRevocation: Bool?
  package var authSessionValidity: Int?
  package var refreshTokenRotation: Rotation?
  /// From SetUserPoolClientSessionConfiguration; DescribeUserPoolClient doesn't show it.
  package var sessionConfiguration: Sessions?

  package var hidesUserExistence: Bool { preventUserExistenceErrors == "ENABLED" }
  package var rotatesRefreshTokens: Bool { refreshTokenRotation?.feature == "ENABLED" }
  package var revokesTokens: Bool { enableTokenRevocation ?? true }
  /// Seconds; AWS: minutes 3…15, default 3.
  package var authSessionSeconds: Int { (authSessionValidity ?? 3) * 60 }
  /// Seconds; AWS's default is an hour.
  package var accessTokenSeconds: Int {
    Self.seconds(accessTokenValidity, unit: tokenValidityUnits?.accessToken, unitWhenAbsent: 3600, otherwise: 3600)
  }
  /// Seconds; AWS's default is an hour.
  package var idTokenSeconds: Int {
    Self.seconds(idTokenValidity, unit: tokenValidityUnits?.idToken, unitWhenAbsent: 3600, otherwise: 3600)
  }
  /// Seconds; AWS's default is 30 days, and so is the meaning of 0.
  package var refreshTokenSeconds: Int {
    let days = 86_400
    return Self.seconds(
      refreshTokenValidity, unit: tokenValidityUnits?.refreshToken, unitWhenAbsent: days, otherwise: 30 * days)
  }

  /// Whether a flow is allowed, by its new name (`ALLOW_USER_SRP_AUTH`) or the old one (`USER_PASSWORD_AUTH`).
  package func allows(flow: String) -> Bool {
    let flows = explicitAuthFlows ?? []
    if flows.isEmpty {
      return ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH"].contains(flow)
    }
    if flows.contains(flow) { return true }
    // Old names: SRP and refresh were always on, a custom sign-in had a name of its own.
    guard flows.contains(where: { !$0.hasPrefix("ALLOW_") }) else { return false }
    switch flow {
    case "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH": return true
    case "ALLOW_CUSTOM_AUTH": return flows.contains("CUSTOM_AUTH_FLOW_ONLY")
    case "ALLOW_ADMIN_USER_PASSWORD_AUTH": return flows.contains("ADMIN_NO_SRP_AUTH")
    case "ALLOW_USER_PASSWORD_AUTH": return flows.contains("USER_PASSWORD_AUTH")
    default: return false
    }
  }

  private static func seconds(_ value: Int?, unit: String?, unitWhenAbsent: Int, otherwise: Int) -> Int {
    guard let value, value > 0 else { return otherwise }
    switch unit {
    case "seconds": return value
    case "minutes": return value * 60
    case "hours": return value * 3600
    case "days": return value * 86_400
    default: return value * unitWhenAbsent
    }
  }
}

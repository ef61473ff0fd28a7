import Cognito

/// What an access token of ours says, once its signature and expiry were checked.
package struct AccessTokenClaims: Sendable {
  package let sub: String
  package let username: String
  package let clientID: String
  package let poolID: String
  package let scopes: [String]
  package let jti: String
  /// The sign-in that the token came from; nil when the client has token revocation off.
  package let originJti: String?
  package let deviceKey: String?
  /// The service that the token is for; nil, or the app client itself, for tokens that are for the pool, too.
  package let audience: String?
  package let amr: [String]
  package let authTime: Int64
  package let issuedAt: Int64
  package let expiresAt: Int64

  /// The scope that the user's own operations (GetUser, ChangePassword, …) need.
  package static let selfServiceScope = "aws.cognito.signin.user.admin"

  init?(_ claims: [String: JSONValue]) {
    guard
      claims["token_use"]?.string == "access", let sub = claims["sub"]?.string,
      let username = claims["username"]?.string, let clientID = claims["client_id"]?.string,
      let poolID = Self.poolID(issuer: claims["iss"]?.string), let jti = claims["jti"]?.string,
      let issuedAt = claims["iat"]?.int, let expiresAt = claims["exp"]?.int
    else { return nil }
    self.sub = sub
    self.username = username
    self.clientID = clientID
    self.poolID = poolID
    self.jti = jti
    scopes = (claims["scope"]?.string ?? "").split(separator: " ").map(String.init)
    originJti = claims["origin_jti"]?.string
    deviceKey = claims["device_key"]?.string
    audience = claims["aud"]?.string
    amr = (claims["amr"]?.array ?? []).compactMap(\.string)
    authTime = claims["auth_time"]?.int ?? issuedAt
    self.issuedAt = issuedAt
    self.expiresAt = expiresAt
  }

  /// The pool id at the end of an issuer. The rest may change with the port the pool listens on.
  static func poolID(issuer: String?) -> String? {
    issuer?.split(separator: "/").last.map(String.init)
  }
}

import FoundationEssentials

/// The claims of a token that has passed ``TokenVerifier``.
public struct VerifiedToken: Sendable {
  /// Every claim as it came.
  public let claims: JSONValue
  /// Whether it is an id or an access token.
  public let use: TokenUse
  /// The user pool that issued it.
  public let issuer: String
  /// The app client that it was issued to: `aud` of an id token, `client_id` of an access token.
  public let clientID: String
  /// The user's unchanging id (`sub`).
  public let subject: String
  /// When it stops being valid.
  public let expiresAt: Date

  /// A token that nobody has verified, for tests of what comes after the verification. Everything that isn't given here
  /// is read from the claims.
  ///
  /// - Parameters:
  ///   - claims: every claim, as in a token's payload.
  ///   - use: whether it is an id or an access token.
  ///   - issuer: the user pool that issued it.
  ///   - clientID: the app client that it was issued to.
  ///   - subject: the user's unchanging id.
  ///   - expiresAt: when it stops being valid.
  public init(
    claims: JSONValue, use: TokenUse, issuer: String, clientID: String, subject: String, expiresAt: Date
  ) {
    self.claims = claims
    self.use = use
    self.issuer = issuer
    self.clientID = clientID
    self.subject = subject
    self.expiresAt = expiresAt
  }

  /// The user's name in the pool: `cognito:username` of an id token, `username` of an access token. `nil` for
  /// machine-to-machine tokens.
  public var username: String? { claims[use == .id ? "cognito:username" : "username"]?.string }

  /// The user's groups (`cognito:groups`).
  public var groups: [String] { claims["cognito:groups"]?.array?.compactMap(\.string) ?? [] }

  /// OAuth scopes of an access token.
  public var scopes: [String] { claims["scope"]?.string?.split(separator: " ").map(String.init) ?? [] }

  /// When the user proved who they are (`auth_time`), at sign-in rather than at renewal.
  public var authenticatedAt: Date? { claims["auth_time"]?.double.map(Date.init(timeIntervalSince1970:)) }

  /// When it was issued (`iat`).
  public var issuedAt: Date? { claims["iat"]?.double.map(Date.init(timeIntervalSince1970:)) }

  /// The remembered device that was signed in with, in access tokens.
  public var deviceKey: String? { claims["device_key"]?.string }

  /// The claims as a type of the caller's, custom claims (`custom:…`) included.
  ///
  /// - Throws: `DecodingError`.
  public func claims<Claims: Decodable>(as type: Claims.Type) throws -> Claims {
    try claims.decoded(as: type)
  }
}

import Cognito

/// Everything that a pair of tokens is made from.
package struct TokenGrant: Sendable {
  package let user: UserRecord
  package let pool: PoolRecord
  package let client: ClientRecord
  /// The most important first, as the store lists them.
  package let groups: [GroupRecord]
  /// The sign-in that this goes back to.
  package let originJti: String
  /// When the user showed who they are, in seconds since 1970.
  package let authTime: Int64
  /// How they showed it.
  package var strength = AuthenticationStrength()
  /// Whether the tokens name their sign-in, by which they can be revoked.
  package var namesSignIn: Bool
  package var scopes = [AccessTokenClaims.selfServiceScope]
  package var deviceKey: String?
  /// The request's id.
  package let eventID: String
  /// `TokenGeneration_Authentication`, `TokenGeneration_RefreshTokens`, `TokenGeneration_HostedAuth`, …
  package var triggerSource = "TokenGeneration_Authentication"
  package var clientMetadata: [String: String] = [:]
  /// Hosted sign-in alone: the `nonce` of the authorization request.
  package var nonce: String?
  /// Hosted sign-in alone: whether the id token binds the access token (`at_hash`), and the access token has a `version`.
  package var isHosted = false
  /// Derived tokens alone.
  package var derivation: TokenDerivation?

  package init(
    user: UserRecord, pool: PoolRecord, client: ClientRecord, groups: [GroupRecord], originJti: String,
    authTime: Int64, eventID: String
  ) {
    self.user = user
    self.pool = pool
    self.client = client
    self.groups = groups
    self.originJti = originJti
    namesSignIn = client.settings.revokesTokens || pool.settings.tracksSessions
    self.authTime = authTime
    self.eventID = eventID
  }
}

/// An id token and an access token of one moment.
package struct TokenPair: Sendable {
  package let idToken: String
  package let accessToken: String
  /// Those of the access token.
  package let scopes: [String]
  /// Lifetime of the access token in seconds.
  package let expiresIn: Int
}

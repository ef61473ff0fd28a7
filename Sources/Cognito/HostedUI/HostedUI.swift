import SystemSupport

/// Signing in through the pool's own pages in a browser, by authorization code with PKCE (RFC 6749, RFC 7636,
/// RFC 8252): the way for users who come from an identity provider and have no password here.
public struct HostedUI: Sendable {
  /// The app client.
  public let client: UserPoolClient
  /// The address of the pages, with no slash at the end.
  public let domain: String
  /// What the access token is for.
  public let scopes: [String]

  /// - Parameters:
  ///   - client: the app client.
  ///   - domain: the pool's domain with its scheme, such as "https://example.auth.eu-north-1.amazoncognito.com".
  ///   - scopes: what the access token is for; "openid" always belongs to them.
  /// - Throws: ``CognitoError/Code/invalidConfiguration``, ``CognitoError/Code/insecureEndpoint``.
  public init(
    client: UserPoolClient, domain: String, scopes: [String] = ["openid", "email", "profile"]
  ) throws(CognitoError) {
    var domain = domain
    if domain.hasSuffix("/") { domain.removeLast() }
    guard let address = WebAddress(domain), address.query == nil else {
      throw CognitoError(.invalidConfiguration, "Not a sign-in domain: it must be https://host[:port].")
    }
    guard address.isSecure else {
      throw CognitoError(.insecureEndpoint, "Plain http is only for this machine, not for \(address.host).")
    }
    self.client = client
    self.domain = domain
    self.scopes = scopes.contains("openid") ? scopes : ["openid"] + scopes
  }

  /// Begins a sign-in: makes state, nonce and PKCE verifier, and the address for the browser.
  ///
  /// - Parameters:
  ///   - redirectURI: where the browser comes back to; one of the client's callback URLs, letter for letter.
  ///   - identityProvider: leads past the pool's own page to this provider.
  ///   - loginHint: a user name to fill in.
  ///   - language: of the pages, such as "de".
  public func begin(
    redirectURI: String, identityProvider: String? = nil, loginHint: String? = nil, language: String? = nil
  ) -> HostedSignIn {
    let pkce = PKCE()
    let state = Base64.encodeURL(SecureRandom.bytes(24))
    let nonce = Base64.encodeURL(SecureRandom.bytes(24))
    var fields: [(name: String, value: String)] = [
      ("response_type", "code"), ("client_id", client.clientID), ("redirect_uri", redirectURI),
      ("scope", scopes.joined(separator: " ")), ("state", state), ("nonce", nonce),
      ("code_challenge", pkce.challenge), ("code_challenge_method", "S256"),
    ]
    if let identityProvider { fields.append(("identity_provider", identityProvider)) }
    if let loginHint { fields.append(("login_hint", loginHint)) }
    if let language { fields.append(("lang", language)) }
    return HostedSignIn(
      url: "\(domain)/oauth2/authorize?\(QueryString.encode(fields))", redirectURI: redirectURI, state: state,
      nonce: nonce, codeVerifier: pkce.verifier)
  }

  /// Ends a sign-in: redeems the code that the browser brought back, and verifies the tokens, the nonce and the
  /// access token's hash.
  ///
  /// - Parameters:
  ///   - signIn: as ``begin(redirectURI:identityProvider:loginHint:language:)`` made it.
  ///   - query: the part after the question mark of the address that the browser came back to.
  /// - Throws: ``CognitoError/Code/unexpectedAnswer`` when it is not the answer to this sign-in,
  ///   ``CognitoError/Code/signInRequired`` when it was refused or came too late, and the verifier's errors.
  public func finish(_ signIn: HostedSignIn, query: String) async throws(CognitoError) -> TokenSet {
    let answer = try await token([
      ("grant_type", "authorization_code"), ("code", signIn.code(inQuery: query)),
      ("redirect_uri", signIn.redirectURI), ("code_verifier", client.text(signIn.codeVerifier)),
    ])
    let tokens = try await client.tokenSet(Self.result(answer))
    // The id token has just been verified; only its nonce is still to be looked at.
    guard let nonce = try JWT(tokens.idToken).claims["nonce"]?.string, !nonce.isEmpty,
      constantTimeEquals(Array(nonce.utf8), Array(signIn.nonce.utf8))
    else {
      throw CognitoError(.tokenClaimMismatch, "The id token was made for another sign-in (its nonce differs).")
    }
    return tokens
  }

  /// Renews tokens at the token endpoint. ``UserPoolClient/renew(refreshToken:username:deviceKey:with:)`` does the
  /// same by the service's API, and works with refresh tokens of hosted sign-ins too.
  ///
  /// - Parameter refreshToken: from the sign-in or the last renewal.
  /// - Throws: ``CognitoError/Code/signInRequired`` when the refresh token is no good any more.
  public func renew(refreshToken: Secret) async throws(CognitoError) -> TokenSet {
    let answer = try await token([
      ("grant_type", "refresh_token"), ("refresh_token", client.text(refreshToken)),
    ])
    return try await client.tokenSet(Self.result(answer), keeping: refreshToken)
  }

  /// Ends the session of a refresh token at the revocation endpoint (RFC 7009).
  ///
  /// - Throws: ``CognitoError``.
  public func revoke(refreshToken: Secret) async throws(CognitoError) {
    let response = try await post("/oauth2/revoke", [("token", client.text(refreshToken))])
    guard response.status == 200 else { throw OAuthFailure.error(response) }
  }

  /// What the browser opens to forget the sign-in, so that the next one asks again.
  ///
  /// - Parameter redirectURI: where the browser goes then; one of the client's logout URLs, letter for letter.
  public func signOutURL(redirectURI: String) -> String {
    "\(domain)/logout?" + QueryString.encode([("client_id", client.clientID), ("logout_uri", redirectURI)])
  }

  func token(_ fields: [(name: String, value: String)]) async throws(CognitoError) -> JSONValue {
    let response = try await post("/oauth2/token", fields)
    guard response.status == 200 else { throw OAuthFailure.error(response) }
    return try JSONValue.parse(response.body, maximumDepth: 16)
  }

  /// Sent once: a code is good for one use, and a refresh token may be.
  private func post(_ path: String, _ fields: [(name: String, value: String)]) async throws(CognitoError)
    -> HTTPResponse
  {
    var headers: [HTTPRequest.Header] = [
      .init("Content-Type", "application/x-www-form-urlencoded"), .init("Accept", "application/json"),
    ]
    if let secret = client.clientSecret {
      // RFC 6749, section 2.3.1.
      let pair = try "\(QueryString.escape(client.clientID)):\(QueryString.escape(client.text(secret)))"
      headers.append(.init("Authorization", "Basic \(Base64.encode(Array(pair.utf8)))"))
    }
    var body = Array(QueryString.encode([("client_id", client.clientID)] + fields).utf8)
    defer { wipe(&body) }
    return try await client.service.transport.send(
      HTTPRequest(method: "POST", url: domain + path, headers: headers, body: body),
      // The pool's own functions run before tokens are made.
      deadline: .now + client.service.settings.triggerTimeout)
  }

  private static func result(_ answer: JSONValue) throws(CognitoError) -> AuthenticationResult {
    try AuthenticationResult(
      .fields([
        "IdToken": answer["id_token"], "AccessToken": answer["access_token"], "RefreshToken": answer["refresh_token"],
      ]))
  }
}

import Cognito
import FoundationEssentials
import TestSupport
import Testing

@Suite("Hosted sign-in")
struct HostedUITests {
  static let domain = "https://pool.auth.eu-north-1.amazoncognito.com"
  static let issuer = TestIssuer(
    issuer: "https://cognito-idp.eu-north-1.amazonaws.com/eu-north-1_TestPool1", clientID: "client1")
  static let now: Int64 = 1_800_000_000

  static func hosted(secret: String? = nil, _ transport: ScriptedTransport) throws -> HostedUI {
    let client = try UserPoolClient(
      pool: UserPool(id: "eu-north-1_TestPool1"), clientID: "client1", clientSecret: secret.map { Secret(utf8: $0) },
      transport: transport,
      settings: .init(retry: .never, now: { Date(timeIntervalSince1970: Double(now)) }), keys: JWKS(issuer.jwks))
    return try HostedUI(client: client, domain: domain + "/")
  }

  /// The token endpoint's answer.
  static func tokens(nonce: String?, hashOf: String? = nil) -> HTTPResponse {
    let access = issuer.token(use: "access", username: "ada", now: now)
    var more: [String: JSONValue] = [:]
    more["nonce"] = nonce.map { .string($0) }
    more["at_hash"] = .string(
      Base64.encodeURL(Array(Digest.sha256(Array((hashOf ?? access).utf8)).prefix(16))))
    let id = issuer.token(use: "id", username: "ada", now: now, more: more)
    let body: JSONValue = [
      "id_token": .string(id), "access_token": .string(access), "refresh_token": "r1", "expires_in": 3600,
      "token_type": "Bearer",
    ]
    return HTTPResponse(status: 200, body: body.serialized())
  }

  static let unused = ScriptedTransport { _, _ in throw CognitoError(.network, "not expected") }

  @Test("the browser's address has PKCE, state, nonce and openid")
  func begin() throws {
    let hosted = try Self.hosted(Self.unused)
    let signIn = hosted.begin(
      redirectURI: "http://localhost:8400/callback", identityProvider: "Corp", loginHint: "ada", language: "de")
    let halves = signIn.url.split(separator: "?", maxSplits: 1)
    let fields = try #require(QueryString.decode(halves[1]))
    #expect(halves[0] == "\(Self.domain)/oauth2/authorize")
    #expect(
      fields == [
        "response_type": "code", "client_id": "client1", "redirect_uri": "http://localhost:8400/callback",
        "scope": "openid email profile", "state": signIn.state, "nonce": signIn.nonce,
        "code_challenge": PKCE(verifier: signIn.codeVerifier.revealed() ?? "").challenge,
        "code_challenge_method": "S256", "identity_provider": "Corp", "login_hint": "ada", "lang": "de",
      ])
    let other = hosted.begin(redirectURI: "http://localhost:8400/callback")
    #expect(other.state != signIn.state)
    #expect(other.nonce != signIn.nonce)
  }

  @Test("the code is redeemed with the verifier, and the tokens are verified")
  func finish() async throws {
    let signIn = HostedSignIn(
      redirectURI: "http://localhost:8400/callback", state: "st", nonce: "no", codeVerifier: Secret(utf8: "ver"))
    let transport = ScriptedTransport { _, _ in Self.tokens(nonce: "no") }
    let tokens = try await Self.hosted(secret: "s&cret", transport).finish(signIn, query: "code=c%2F1&state=st")
    #expect(tokens.username == "ada")
    #expect(tokens.refreshToken == Secret(utf8: "r1"))
    let request = transport.requests[0]
    #expect(request.url == "\(Self.domain)/oauth2/token")
    #expect(request.header("authorization") == "Basic \(Base64.encode(Array("client1:s%26cret".utf8)))")
    #expect(
      QueryString.decode(String(decoding: request.body, as: UTF8.self)) == [
        "grant_type": "authorization_code", "client_id": "client1", "code": "c/1", "code_verifier": "ver",
        "redirect_uri": "http://localhost:8400/callback",
      ])
  }

  @Test("an id token of another sign-in is refused", arguments: [nil, "other"])
  func nonce(_ nonce: String?) async throws {
    let signIn = HostedSignIn(redirectURI: "r", state: "st", nonce: "no", codeVerifier: Secret(utf8: "ver"))
    let transport = ScriptedTransport { _, _ in Self.tokens(nonce: nonce) }
    await #expect(throws: CognitoError(.tokenClaimMismatch, "")) {
      try await Self.hosted(transport).finish(signIn, query: "code=c&state=st")
    }
  }

  @Test("a sign-in without a nonce accepts no token, not even one without a nonce")
  func noNonce() async throws {
    let signIn = HostedSignIn(redirectURI: "r", state: "st", nonce: "", codeVerifier: Secret(utf8: "ver"))
    let transport = ScriptedTransport { _, _ in Self.tokens(nonce: nil) }
    await #expect(throws: CognitoError(.tokenClaimMismatch, "")) {
      try await Self.hosted(transport).finish(signIn, query: "code=c&state=st")
    }
  }

  @Test("an id token for another access token is refused")
  func accessTokenHash() async throws {
    let signIn = HostedSignIn(redirectURI: "r", state: "st", nonce: "no", codeVerifier: Secret(utf8: "ver"))
    let transport = ScriptedTransport { _, _ in Self.tokens(nonce: "no", hashOf: "another") }
    await #expect(throws: CognitoError(.tokenClaimMismatch, "")) {
      try await Self.hosted(transport).finish(signIn, query: "code=c&state=st")
    }
  }

  @Test(
    "answers that aren't ours are refused before anything is sent",
    arguments: ["", "code=c", "code=c&state=x", "state=st", "code=c&state=st&state=st"])
  func foreign(_ query: String) async throws {
    let signIn = HostedSignIn(redirectURI: "r", state: "st", nonce: "no", codeVerifier: Secret(utf8: "ver"))
    await #expect(throws: CognitoError(.unexpectedAnswer, "")) {
      try await Self.hosted(Self.unused).finish(signIn, query: query)
    }
    #expect(Self.unused.count == 0)
  }

  @Test("a refusal on the pages is told, with nothing that controls a terminal")
  func refusal() async throws {
    let signIn = HostedSignIn(redirectURI: "r", state: "st", nonce: "no", codeVerifier: Secret(utf8: "ver"))
    let error = await #expect(throws: CognitoError(.signInRequired, "")) {
      try await Self.hosted(Self.unused).finish(
        signIn, query: "error=access_denied&error_description=No%1B%5B31m+way&state=st")
    }
    #expect(error?.message == "The sign-in was refused (access_denied): No?[31m way.")
    #expect(error?.exception == "access_denied")
  }

  @Test(
    "errors of the token endpoint become ours",
    arguments: [
      (400, #"{"error":"invalid_grant"}"#, CognitoError.Code.signInRequired),
      (401, #"{"error":"invalid_client"}"#, .invalidConfiguration), (302, "", .redirectRefused),
      (500, "oops", .serviceUnavailable), (200, "oops", .malformedResponse), (200, "{}", .malformedResponse),
      (400, #"{"error":"new_error"}"#, .init(rawValue: "new_error")),
      (400, #"{"error":"unreachable"}"#, .malformedResponse),
    ])
  func failures(_ status: Int, _ body: String, _ code: CognitoError.Code) async throws {
    let transport = ScriptedTransport { _, _ in HTTPResponse(status: status, body: Array(body.utf8)) }
    await #expect(throws: CognitoError(code, "")) {
      try await Self.hosted(transport).renew(refreshToken: Secret(utf8: "r1"))
    }
    #expect(transport.count == 1)
  }

  @Test("tokens are renewed and revoked at the domain")
  func renew() async throws {
    let transport = ScriptedTransport { _, _ in
      HTTPResponse(
        status: 200,
        body: JSONValue.fields([
          "id_token": .string(Self.issuer.token(use: "id", username: "ada", now: Self.now)),
          "access_token": .string(Self.issuer.token(use: "access", username: "ada", now: Self.now)),
        ]).serialized())
    }
    let hosted = try Self.hosted(transport)
    #expect(try await hosted.renew(refreshToken: Secret(utf8: "r1")).refreshToken == Secret(utf8: "r1"))
    try await hosted.revoke(refreshToken: Secret(utf8: "r1"))
    let bodies = transport.requests.map { QueryString.decode(String(decoding: $0.body, as: UTF8.self)) }
    #expect(bodies[0] == ["grant_type": "refresh_token", "client_id": "client1", "refresh_token": "r1"])
    #expect(bodies[1] == ["client_id": "client1", "token": "r1"])
    #expect(transport.requests[1].url == "\(Self.domain)/oauth2/revoke")
    #expect(
      hosted.signOutURL(redirectURI: "https://x/")
        == "\(Self.domain)/logout?client_id=client1&logout_uri=https%3A%2F%2Fx%2F")
  }

  @Test("a domain must be https, or on this machine", arguments: ["http://example.com", "example.com", "https://x/?q"])
  func domains(_ domain: String) throws {
    let client = try Self.hosted(Self.unused).client
    #expect(throws: CognitoError.self) { try HostedUI(client: client, domain: domain) }
  }
}

import Cognito
import FoundationEssentials
import TestSupport
import Testing

@Suite("Token exchange")
struct DerivedTokenTests {
  private static func answer(
    _ claims: [String: JSONValue] = [:], use: String = "access", type: String = "ACCESS_TOKEN", scopes: JSONValue? = nil
  ) -> JSONValue {
    let token = ScriptedIssuer.issuer.token(
      use: use, username: "ada", now: ScriptedIssuer.now, lifetime: 600, more: claims)
    var output: [String: JSONValue] = [
      "IssuedToken": .string(token), "IssuedTokenType": .string(type), "TokenType": "Bearer", "ExpiresIn": 600,
    ]
    output["Scopes"] = scopes
    return .object(output)
  }

  @Test("a token for one service: what is asked for and what comes back")
  func audience() async throws {
    let script = ServiceScript(
      Self.answer(["aud": "https://git.example.com", "scope": "git/read"], scopes: ["git/read"]))
    let derived = try await script.client(secret: "shh").exchange(
      .access("subject-token"), for: .audience("https://git.example.com"), scopes: ["git/read"], getting: .access)
    script.expect(
      "GetDerivedToken",
      [
        "ClientId": "client1", "ClientSecret": "shh", "SubjectToken": "subject-token",
        "SubjectTokenType": "ACCESS_TOKEN", "Audiences": ["https://git.example.com"], "Scopes": ["git/read"],
        "RequestedTokenType": "ACCESS_TOKEN",
      ], signed: false)
    #expect(derived.use == .access)
    #expect(derived.scopes == ["git/read"])
    #expect(derived.expiresAt == ServiceScript.now + 600)
    #expect(derived.verified.audiences == ["https://git.example.com"])
    #expect(derived.verified.subject == "sub-of-ada")
  }

  @Test("an actor is named, and the new token names it")
  func actor() async throws {
    let script = ServiceScript(Self.answer(["aud": "orders", "act": ["sub": "robot"]]))
    let derived = try await script.client().exchange(
      .id("subject", provider: "Okta"), actor: .access("actor"), for: .resourceServer("orders"))
    script.expect(
      "GetDerivedToken",
      [
        "ClientId": "client1", "SubjectToken": "subject", "SubjectTokenType": "ID_TOKEN",
        "SubjectTokenProviderName": "Okta", "ActorToken": "actor", "ActorTokenType": "ACCESS_TOKEN",
        "Resources": ["orders"],
      ], signed: false)
    #expect(derived.verified.actors == [TokenActor(subject: "robot")])
  }

  @Test("AWS credentials can stand for the secret, and a SAML assertion for a token")
  func signed() async throws {
    let script = ServiceScript(Self.answer())
    let client = try UserPoolClient(
      pool: UserPool(id: ServiceScript.poolID), clientID: "client1", credentials: ServiceScript.key,
      transport: script.transport, settings: .init(retry: .never, now: { ServiceScript.now }),
      keys: JWKS(ScriptedIssuer.issuer.jwks))
    _ = try await client.exchange(.saml("PHNhbWw+", provider: "Idp"), auth: .signed)
    script.expect(
      "GetDerivedToken",
      [
        "ClientId": "client1", "SubjectToken": "PHNhbWw+", "SubjectTokenType": "SAML2",
        "SubjectTokenProviderName": "Idp",
      ], signed: true)
  }

  @Test(
    "a token that isn't what was asked for isn't handed out",
    arguments: [
      answer(["aud": "https://other.example.com"]), answer(), answer(["aud": "git"], use: "id"),
      answer(["aud": "git"], use: "id", type: "ID_TOKEN"), answer(["aud": "git"], type: "SAML2"),
      answer(["aud": "git", "client_id": "client2"]), answer(["aud": "git", "exp": 1]), ["IssuedToken": "x"], [:],
    ] as [JSONValue])
  func wrongAnswer(_ answer: JSONValue) async throws {
    let script = ServiceScript(answer)
    await #expect(throws: CognitoError.self) {
      try await script.client().exchange(.access("t"), for: .audience("git"), getting: .access)
    }
  }

  @Test("an empty token and too many scopes aren't sent")
  func invalid() async throws {
    let script = ServiceScript([:])
    await #expect(throws: CognitoError(.invalidInput, "")) { try await script.client().exchange(.access("")) }
    await #expect(throws: CognitoError(.invalidInput, "")) {
      try await script.client().exchange(.access("t"), actor: .id(""))
    }
    await #expect(throws: CognitoError(.invalidInput, "")) {
      try await script.client().exchange(.access("t"), scopes: (0...50).map { "s/\($0)" })
    }
    #expect(script.calls.isEmpty)
  }
}

import Cognito
import FoundationEssentials
import Synchronization
import TestSupport
import Testing

@Suite("Machine clients")
struct MachineClientTests {
  private static func token(_ name: String, lifetime: Int64 = 3600, _ more: [String: JSONValue] = [:]) -> String {
    ScriptedIssuer.issuer.token(
      use: "access", username: name, now: ScriptedIssuer.now, lifetime: lifetime,
      more: ["sub": "client1", "username": .null, "scope": "orders/read"].merging(more) { _, last in last })
  }

  private static func answer(_ token: String) -> JSONValue {
    ["ClientAuthenticationResult": ["AccessToken": .string(token), "ExpiresIn": 3600, "TokenType": "Bearer"]]
  }

  @Test("a token comes for id and secret, unsigned, and is verified")
  func clientToken() async throws {
    let script = ServiceScript(Self.answer(Self.token("a")))
    let token = try await script.client(secret: "shh").clientToken(scopes: ["orders/read"], metadata: ["k": "v"])
    script.expect(
      "GetClientToken",
      ["ClientId": "client1", "Secret": "shh", "Scopes": ["orders/read"], "ClientMetadata": ["k": "v"]], signed: false)
    #expect(token.verified.subject == "client1")
    #expect(token.scopes == ["orders/read"])
    #expect(token.expiresAt == ServiceScript.now + 3600)
  }

  @Test("a client without a secret asks nothing")
  func noSecret() async throws {
    let script = ServiceScript([:])
    await #expect(throws: CognitoError(.invalidConfiguration, "")) { try await script.client().clientToken() }
    #expect(script.calls.isEmpty)
  }

  @Test("a user's token, another client's and none at all are refused")
  func wrongToken() async throws {
    let wrong = [
      Self.answer(Self.token("a", ["username": "ada"])), Self.answer(Self.token("a", ["client_id": "client2"])), [:],
      Self.answer(Self.token("a", ["token_use": "id"])),
    ]
    for answer in wrong {
      let script = ServiceScript(answer)
      await #expect(throws: CognitoError.self) { try await script.client(secret: "s").clientToken() }
    }
  }

  @Test("the token endpoint gives one too, with the scopes that were asked for and no others")
  func tokenEndpoint() async throws {
    let transport = ScriptedTransport { _, _ in
      HTTPResponse(
        status: 200, body: (["access_token": .string(Self.token("a")), "expires_in": 3600] as JSONValue).serialized())
    }
    let client = try UserPoolClient(
      pool: UserPool(id: ServiceScript.poolID), clientID: "client1", clientSecret: Secret(utf8: "shh"),
      transport: transport, settings: .init(retry: .never, now: { ServiceScript.now }),
      keys: JWKS(ScriptedIssuer.issuer.jwks))
    let hosted = try HostedUI(client: client, domain: "https://example.auth.eu-north-1.amazoncognito.com")
    #expect(try await MachineClient(hosted, scopes: ["orders/read"]).token().scopes == ["orders/read"])
    let sent = try #require(transport.requests.first)
    #expect(sent.url == "https://example.auth.eu-north-1.amazoncognito.com/oauth2/token")
    #expect(
      String(decoding: sent.body, as: UTF8.self)
        == "client_id=client1&grant_type=client_credentials&scope=orders%2Fread")
    #expect(sent.header("authorization") == "Basic Y2xpZW50MTpzaGg=")
  }

  @Test("a token is kept until shortly before its end, and got once for all who ask")
  func kept() async throws {
    let script = ServiceScript(Self.answer(Self.token("a")), Self.answer(Self.token("b", lifetime: 7200)))
    let clock = ShiftedClock()
    let client = try script.client(secret: "s")
    let start = clock.now
    let machine = MachineClient(now: { ServiceScript.now + clock.now.timeIntervalSince(start) }) {
      try await client.clientToken()
    }
    let first = try await machine.token().accessToken
    try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<50 { group.addTask { try await machine.token().accessToken } }
      for try await token in group { #expect(token == first) }
    }
    #expect(script.calls.count == 1)
    clock.advance(by: 3545)
    try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<50 { group.addTask { try await machine.token().accessToken } }
      for try await token in group { #expect(token != first) }
    }
    #expect(script.calls.count == 2)
  }

  @Test("a token that a server refused is replaced once")
  func rejected() async throws {
    let script = ServiceScript(Self.answer(Self.token("a")), Self.answer(Self.token("b")))
    let machine = MachineClient(try script.client(secret: "s"))
    let first = try await machine.token().accessToken
    let second = try await machine.token(replacing: first).accessToken
    #expect(second != first)
    #expect(try await machine.token(replacing: first).accessToken == second)
    #expect(try await machine.token().accessToken == second)
    #expect(script.calls.count == 2)
  }

  @Test("when none can be got, an old one that is still valid will do, but not one that was refused")
  func unreachable() async throws {
    let script = ServiceScript(Self.answer(Self.token("a", lifetime: 30)))
    let client = try script.client(secret: "s")
    let isDown = Mutex(false)
    let machine = MachineClient(now: { ServiceScript.now }) {
      if isDown.withLock({ $0 }) { throw CognitoError(.unreachable, "down") }
      return try await client.clientToken()
    }
    let token = try await machine.token().accessToken
    isDown.withLock { $0 = true }
    #expect(try await machine.token().accessToken == token)
    await #expect(throws: CognitoError(.unreachable, "")) { try await machine.token(replacing: token) }
  }
}

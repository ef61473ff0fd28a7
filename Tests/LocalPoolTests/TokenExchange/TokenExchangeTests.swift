import Cognito
import LocalPool
import Testing

@Suite("exchanging tokens")
struct TokenExchangeTests {
  private static let admin = "aws.cognito.signin.user.admin"
  private let driver: SignInDriver
  /// The app client that exchanges, with a secret, and one without.
  private let service: (id: String, secret: String)
  private let plain: String

  /// Ada, whose access tokens have the scopes that a trigger adds, and a service with two of them.
  init() throws {
    driver = try SignInDriver(triggers: ScopeTrigger())
    let resource: JSONValue = [
      "UserPoolId": .string(driver.pool), "Identifier": "git", "Name": "git",
      "Scopes": .array(["read", "write", "own"].map { ["ScopeName": .string($0), "ScopeDescription": "s"] }),
    ]
    try driver.harness.call("CreateResourceServer", resource)
    let settings: [String: JSONValue] = [
      "UserPoolId": .string(driver.pool), "ClientName": "service",
      "ExplicitAuthFlows": ["ALLOW_TOKEN_EXCHANGE_IMPERSONATION", "ALLOW_TOKEN_EXCHANGE_DELEGATION"],
      "AllowedOAuthScopes": ["git/read", "git/own"],
    ]
    let made = try driver.harness.call(
      "CreateUserPoolClient", .object(settings.merging(["GenerateSecret": true]) { $1 }))["UserPoolClient"]
    service = (made?["ClientId"]?.string ?? "", made?["ClientSecret"]?.string ?? "")
    plain = try driver.harness.makeClient(driver.pool, settings)
  }

  private func token(_ answer: JSONValue, _ name: String = "AccessToken") -> JSONValue {
    answer["AuthenticationResult"]?[name] ?? ""
  }

  private func input(_ subject: JSONValue, _ more: [String: JSONValue] = [:]) -> JSONValue {
    .object(
      more.merging([
        "ClientId": .string(service.id), "ClientSecret": .string(service.secret), "SubjectToken": subject,
        "SubjectTokenType": "ACCESS_TOKEN",
      ]) { given, _ in given })
  }

  private func derive(_ subject: JSONValue, _ more: [String: JSONValue] = [:]) throws -> JSONValue {
    try driver.harness.call("GetDerivedToken", input(subject, more))
  }

  private func refused(_ subject: JSONValue, _ more: [String: JSONValue] = [:]) throws -> String? {
    try driver.harness.refusal("GetDerivedToken", input(subject, more))?.type
  }

  private func claims(_ derived: JSONValue) throws -> [String: JSONValue] {
    try driver.claims(["AuthenticationResult": ["AccessToken": derived["IssuedToken"] ?? ""]])
  }

  @Test(
    "the new token has the scopes that were asked for, the subject has and the client may; it ends with the subject's")
  func scopes() throws {
    let subject = try driver.byPassword()
    let all = try derive(token(subject))
    #expect(all["Scopes"] == ["git/read"] && all["TokenType"] == "Bearer" && all["IssuedTokenType"] == "ACCESS_TOKEN")
    driver.harness.clock.advance(by: 600)
    let one = try derive(token(subject), ["Scopes": ["git/read", "git/write", "git/own", .string(Self.admin)]])
    #expect(one["Scopes"] == ["git/read"] && one["ExpiresIn"] == 3000)
    let (old, new) = (try driver.claims(subject), try claims(one))
    for same in ["sub", "username", "iss", "auth_time", "origin_jti", "acr", "amr", "exp"] {
      #expect(old[same] == new[same] && new[same] != nil, "\(same)")
    }
    #expect(new["client_id"] == .string(service.id) && new["token_use"] == "access" && new["scope"] == "git/read")
    #expect(new["aud"] == nil && new["act"] == nil && new["jti"] != old["jti"])
    #expect(try refused(token(subject), ["Scopes": ["git/own"]]) == "InvalidParameterException")
    #expect(try refused(token(subject), ["Scopes": [.string(Self.admin)]]) == "InvalidParameterException")
    // From what it has got, the service gets no more.
    let again = try derive(one["IssuedToken"] ?? "", ["Scopes": ["git/read", "git/write"]])
    #expect(again["Scopes"] == ["git/read"])
  }

  @Test("it can't act on the account")
  func selfService() throws {
    let subject = try driver.byPassword()
    func read(_ derived: JSONValue) throws -> PoolException? {
      try refusal {
        _ = try AccessTokenReader.caller(
          token: derived["IssuedToken"]?.string ?? "", context: driver.harness.context)
        return .null
      }
    }
    #expect(
      try read(try derive(token(subject))) == .notAuthorized("Access Token does not have required scopes"))
    // A client that may have the scope gets it, but never for another audience.
    let client = try driver.harness.makeClient(
      driver.pool,
      [
        "ExplicitAuthFlows": ["ALLOW_TOKEN_EXCHANGE_IMPERSONATION"], "AllowedOAuthScopes": [.string(Self.admin)],
      ])
    let own: JSONValue = [
      "ClientId": .string(client), "SubjectToken": token(subject), "SubjectTokenType": "ACCESS_TOKEN",
    ]
    #expect(try read(try driver.harness.call("GetDerivedToken", own)) == nil)
    let bound = own.object?.merging(["Audiences": ["git.example.com"]]) { $1 } ?? [:]
    let derived = try driver.harness.call("GetDerivedToken", .object(bound))
    #expect(derived["Scopes"] == [.string(Self.admin)])
    #expect(try read(derived) == .notAuthorized("Access Token is for another audience"))
  }

  @Test("it names the service that it is for, by a name or by a resource server of the pool")
  func audience() throws {
    let subject = token(try driver.byPassword())
    #expect(try claims(try derive(subject, ["Audiences": ["git.example.com"]]))["aud"] == "git.example.com")
    #expect(try claims(try derive(subject, ["Resources": ["git"]]))["aud"] == "git")
    #expect(try refused(subject, ["Resources": ["svn"]]) == "ResourceNotFoundException")
    #expect(try refused(subject, ["Resources": ["git"], "Audiences": ["git"]]) == "InvalidParameterException")
    #expect(try refused(subject, ["Audiences": ["a", "b"]]) == "InvalidParameterException")
    #expect(try refused(subject, ["Audiences": ["with blank"]]) == "InvalidParameterException")
  }

  @Test("an actor stands in act, and behind them who acted before")
  func actor() throws {
    try driver.addUser("bob", "Babbage-1791!")
    var bob = driver
    (bob.username, bob.password) = ("bob", "Babbage-1791!")
    let actor = try bob.byPassword()
    let shown: [String: JSONValue] = ["ActorToken": token(actor), "ActorTokenType": "ACCESS_TOKEN"]
    let first = try derive(token(try driver.byPassword()), shown)
    let act = try claims(first)["act"]
    #expect(try act?["sub"] == bob.claims(actor)["sub"] && act?["act"] == nil)
    #expect(try claims(first)["username"] == "ada")
    let second = try derive(first["IssuedToken"] ?? "", shown)
    #expect(try claims(second)["act"]?["act"] == act)
    // Without an actor of its own the next one keeps the trail.
    #expect(try claims(try derive(first["IssuedToken"] ?? ""))["act"] == act)
    let subject = token(try driver.byPassword())
    #expect(try refused(subject, ["ActorToken": token(actor)]) == "InvalidParameterException")
    #expect(try refused(subject, ["ActorTokenType": "ACCESS_TOKEN"]) == "InvalidParameterException")
    #expect(
      try refused(subject, ["ActorToken": token(actor), "ActorTokenType": "ID_TOKEN"]) == "NotAuthorizedException")
  }

  @Test("an id token is a subject, too, and can be what is issued")
  func idTokens() throws {
    let answer = try driver.byPassword()
    let id = token(answer, "IdToken")
    let asked = try derive(id, ["SubjectTokenType": "ID_TOKEN", "Scopes": ["git/own", "git/write"]])
    #expect(asked["Scopes"] == ["git/own"])
    #expect(try derive(id, ["SubjectTokenType": "ID_TOKEN"])["Scopes"] == [])
    #expect(try refused(id) == "NotAuthorizedException")
    #expect(try refused(token(answer), ["SubjectTokenType": "ID_TOKEN"]) == "NotAuthorizedException")
    let issued = try derive(token(answer), ["RequestedTokenType": "ID_TOKEN", "Audiences": ["git.example.com"]])
    #expect(issued["IssuedTokenType"] == "ID_TOKEN" && issued["TokenType"] == "N_A")
    let said = try claims(issued)
    #expect(said["token_use"] == "id" && said["aud"] == "git.example.com" && said["cognito:username"] == "ada")
    #expect(try claims(try derive(token(answer), ["RequestedTokenType": "ID_TOKEN"]))["aud"] == .string(service.id))
    #expect(try refused(token(answer), ["RequestedTokenType": "SAML2"]) == "InvalidParameterException")
  }

  @Test("the client must be allowed to, with an actor and without, and show its secret or be signed for")
  func client() throws {
    let subject = token(try driver.byPassword())
    #expect(try refused(subject, ["ClientSecret": .null]) == "NotAuthorizedException")
    #expect(
      try refused(subject, ["ClientSecret": .string(String(repeating: "x", count: 51))]) == "NotAuthorizedException")
    #expect(try refused(subject, ["ClientId": "none"]) == "ResourceNotFoundException")
    #expect(try refused(subject, ["ClientId": .string(plain), "ClientSecret": .null]) == nil)
    let unsigned = input(subject, ["ClientSecret": .null])
    #expect(try driver.harness.call("GetDerivedToken", unsigned, isSigned: true)["IssuedToken"] != nil)
    let actor: [String: JSONValue] = ["ActorToken": subject, "ActorTokenType": "ACCESS_TOKEN", "ClientSecret": .null]
    for (flow, isActing) in [("IMPERSONATION", false), ("DELEGATION", true)] {
      let id = try driver.harness.makeClient(
        driver.pool, ["ExplicitAuthFlows": [.string("ALLOW_TOKEN_EXCHANGE_\(flow)")]])
      let alone: [String: JSONValue] = ["ClientId": .string(id), "ClientSecret": .null]
      #expect(try (refused(subject, alone) == nil) == !isActing)
      #expect(try (refused(subject, alone.merging(actor) { $1 }) == nil) == isActing)
    }
    try driver.harness.call("UpdateUserPool", ["UserPoolId": .string(driver.pool), "UserPoolTier": "LITE"])
    #expect(try refused(subject) == "OperationNotEnabledException")
  }

  @Test("a subject's token that isn't good any more, isn't the pool's or isn't a token is refused")
  func subjects() throws {
    let answer = try driver.byPassword()
    let subject = token(answer)
    for wrong in ["x.y.z", (subject.string ?? "") + "x"] {
      #expect(try refused(.string(wrong)) == "NotAuthorizedException")
    }
    for text in ["", "with blank"] { #expect(try refused(.string(text)) == "InvalidParameterException") }
    #expect(try refused(subject, ["SubjectTokenType": "SAML2"]) == "InvalidParameterException")
    #expect(try refused(subject, ["SubjectTokenType": "JWT"]) == "InvalidParameterException")
    #expect(try refused(subject, ["SubjectTokenProviderName": "Google"]) == "InvalidParameterException")
    let stranger = try SignInDriver()
    #expect(try refused(token(try stranger.byPassword())) == "NotAuthorizedException")
    try driver.harness.call(
      "RevokeToken", ["Token": .string(driver.refreshToken(answer)), "ClientId": .string(driver.client)])
    #expect(try refused(subject) == "NotAuthorizedException")
    let next = token(try driver.byPassword())
    driver.harness.clock.advance(by: 3600)
    #expect(try refused(next) == "NotAuthorizedException")
    let last = token(try driver.byPassword())
    try driver.harness.call("AdminDisableUser", ["UserPoolId": .string(driver.pool), "Username": "ada"])
    #expect(try refused(last) == "NotAuthorizedException")
  }

  @Test("a program's token is an actor's, never a subject's")
  func machines() throws {
    let made = try driver.harness.call(
      "CreateUserPoolClient",
      [
        "UserPoolId": .string(driver.pool), "ClientName": "machine", "GenerateSecret": true,
        "ExplicitAuthFlows": ["ALLOW_CLIENT_TOKEN_AUTH"], "AllowedOAuthScopes": ["git/read"],
      ])["UserPoolClient"]
    let answer = try driver.harness.call(
      "GetClientToken", ["ClientId": made?["ClientId"] ?? "", "Secret": made?["ClientSecret"] ?? ""])
    let machine = answer["ClientAuthenticationResult"]?["AccessToken"] ?? ""
    #expect(try refused(machine) == "NotAuthorizedException")
    let derived = try derive(
      token(try driver.byPassword()), ["ActorToken": machine, "ActorTokenType": "ACCESS_TOKEN"])
    #expect(try claims(derived)["act"] == ["sub": made?["ClientId"] ?? "", "client_id": made?["ClientId"] ?? ""])
  }
}

/// Adds scopes to every access token, as a pool's owner does who wants them without the pages.
private struct ScopeTrigger: TriggerRunner {
  func has(_ trigger: Trigger, _ pool: PoolRecord) -> Bool { trigger == .preTokenGeneration }

  func run(_ event: TriggerEvent) throws -> [String: JSONValue]? {
    ["claimsAndScopeOverrideDetails": ["accessTokenGeneration": ["scopesToAdd": ["git/read", "git/write"]]]]
  }
}

import Cognito
import LocalPool
import Testing

@Suite("what tokens say")
struct ClaimsTests {
  private func header(_ answer: JSONValue, _ token: String) throws -> JSONValue {
    let part = answer["AuthenticationResult"]?[token]?.string?.split(separator: ".").first ?? ""
    return try JSONValue.parse(Base64.decodeURL(part) ?? [])
  }

  @Test("both are by RS256 with no typ, each under a key of its own")
  func headers() throws {
    let answer = try SignInDriver().byPassword()
    let (id, access) = (try header(answer, "IdToken"), try header(answer, "AccessToken"))
    #expect(id["alg"] == "RS256" && access["alg"] == "RS256")
    #expect(id["typ"] == nil && access["typ"] == nil)
    #expect(id["kid"] != access["kid"])
    #expect(Set(id.object.map { Array($0.keys) } ?? []) == ["alg", "kid"])
  }

  @Test("they hold what AWS's do, and nothing else")
  func names() throws {
    let answer = try SignInDriver().byPassword()
    #expect(
      Set(try SignInDriver().claims(answer, "AccessToken").keys) == [
        "acr", "amr", "auth_time", "client_id", "event_id", "exp", "iat", "iss", "jti", "origin_jti", "scope", "sub",
        "token_use",
        "username",
      ])
    #expect(
      Set(try SignInDriver().claims(answer, "IdToken").keys) == [
        "acr", "amr", "aud", "auth_time", "cognito:username", "event_id", "exp", "iat", "iss", "jti", "origin_jti",
        "sub",
        "token_use",
      ])
    #expect(try SignInDriver().claims(answer)["scope"] == "aws.cognito.signin.user.admin")
  }

  @Test("without token revocation there is no origin_jti, and no jti in id tokens")
  func withoutRevocation() throws {
    let driver = try SignInDriver(client: ["EnableTokenRevocation": false])
    let answer = try driver.byPassword()
    let (id, access) = (try driver.claims(answer, "IdToken"), try driver.claims(answer))
    #expect(id["origin_jti"] == nil && access["origin_jti"] == nil)
    #expect(id["jti"] == nil && access["jti"] != nil)
  }

  @Test("each lives as long as the client says, in the unit that it says")
  func lifetimes() throws {
    let driver = try SignInDriver(client: [
      "AccessTokenValidity": 10, "IdTokenValidity": 2,
      "TokenValidityUnits": ["AccessToken": "minutes", "IdToken": "hours", "RefreshToken": "days"],
    ])
    let answer = try driver.byPassword()
    func life(_ token: String) throws -> Int64? {
      let claims = try driver.claims(answer, token)
      guard let from = claims["iat"]?.int, let to = claims["exp"]?.int else { return nil }
      return to - from
    }
    #expect(try life("AccessToken") == 600)
    #expect(try life("IdToken") == 7200)
    #expect(answer["AuthenticationResult"]?["ExpiresIn"] == 600)
    let standard = try SignInDriver()
    #expect(try standard.byPassword()["AuthenticationResult"]?["ExpiresIn"] == 3600)
  }

  @Test("an id token has the attributes that its client may read, in the types of OpenID Connect")
  func attributes() throws {
    let driver = try SignInDriver(
      pool: [
        "Schema": [
          ["Name": "rank", "AttributeDataType": "Number", "Mutable": true],
          ["Name": "note", "AttributeDataType": "String", "Mutable": true, "DeveloperOnlyAttribute": true],
        ]
      ])
    try driver.addUser(
      "eve", driver.password,
      attributes: [
        "email": "eve@example.com", "email_verified": "true", "custom:rank": "7", "dev:custom:note": "hidden",
        "address": "Main St 1", "updated_at": "1800000000",
      ])
    var eve = driver
    eve.username = "eve"
    let claims = try eve.claims(try eve.byPassword(), "IdToken")
    #expect(claims["email"] == "eve@example.com" && claims["email_verified"] == true)
    #expect(claims["custom:rank"] == "7" && claims["updated_at"] == 1_800_000_000)
    #expect(claims["address"] == ["formatted": "Main St 1"])
    #expect(claims["dev:custom:note"] == nil)
    let narrow = try driver.harness.makeClient(
      driver.pool, ["ReadAttributes": ["custom:rank"], "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"]])
    let answer = try driver.harness.call(
      "InitiateAuth",
      [
        "ClientId": .string(narrow), "AuthFlow": "USER_PASSWORD_AUTH",
        "AuthParameters": ["USERNAME": "eve", "PASSWORD": .string(driver.password)],
      ])
    let few = try driver.claims(answer, "IdToken")
    #expect(few["custom:rank"] == "7" && few["email"] == nil && few["email_verified"] == nil)
  }
}

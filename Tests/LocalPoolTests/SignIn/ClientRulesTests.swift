import Cognito
import LocalPool
import Testing

@Suite("what an app client must show and may do")
struct ClientRulesTests {
  private func withSecret() throws -> SignInDriver {
    var driver = try SignInDriver(client: ["GenerateSecret": true])
    driver.clientSecret = try driver.harness.call(
      "DescribeUserPoolClient", ["UserPoolId": .string(driver.pool), "ClientId": .string(driver.client)])[
        "UserPoolClient"]?["ClientSecret"]?.string
    return driver
  }

  @Test("with the secret's hash a sign-in works, step by step")
  func rightHash() throws {
    #expect(try withSecret().srp()["AuthenticationResult"] != nil)
  }

  @Test("without the hash, or with a wrong one, it is refused")
  func wrongHash() throws {
    var driver = try withSecret()
    let wrong = try refusal { try driver.initiate("USER_PASSWORD_AUTH", ["PASSWORD": "x", "SECRET_HASH": "AAAA"]) }
    #expect(wrong == .notAuthorized("Unable to verify secret hash for client \(driver.client)"))
    driver.clientSecret = nil
    #expect(
      try refusal { try driver.byPassword() }
        == .notAuthorized("Client \(driver.client) is configured with secret but SECRET_HASH was not received"))
  }

  @Test("in the second step the hash is over the real username, not the alias")
  func hashOverAlias() throws {
    var driver = try SignInDriver(pool: ["AliasAttributes": ["email"]], client: ["GenerateSecret": true])
    driver.clientSecret = try driver.harness.call(
      "DescribeUserPoolClient", ["UserPoolId": .string(driver.pool), "ClientId": .string(driver.client)])[
        "UserPoolClient"]?["ClientSecret"]?.string
    try driver.addUser("bob", driver.password, attributes: ["email": "bob@example.com", "email_verified": "true"])
    driver.username = "bob@example.com"
    let exchange = SRPClient()
    let challenge = try driver.initiate("USER_SRP_AUTH", ["SRP_A": exchange.publicA.hex])
    let overAlias = driver.secretHash("bob@example.com")
    let refused = try refusal { try driver.verify(challenge, exchange) { $0["SECRET_HASH"] = overAlias } }
    #expect(refused == .notAuthorized("Unable to verify secret hash for client \(driver.client)"))
    #expect(try driver.verify(challenge, exchange)["AuthenticationResult"] != nil)
  }

  @Test("a flow that the client doesn't allow is refused")
  func flows() throws {
    let driver = try SignInDriver(client: ["ExplicitAuthFlows": ["ALLOW_REFRESH_TOKEN_AUTH"]])
    for flow in ["USER_SRP_AUTH", "USER_PASSWORD_AUTH", "CUSTOM_AUTH", "USER_AUTH"] {
      #expect(
        try refusal { try driver.initiate(flow, ["PASSWORD": "x", "SRP_A": "2"]) }
          == .invalidParameter("\(flow) flow not enabled for this client"))
    }
    #expect(try refusal { try driver.initiate("ADMIN_USER_PASSWORD_AUTH") }?.type == "InvalidParameterException")
  }

  @Test("a session of one client is nothing to another")
  func otherClient() throws {
    let driver = try SignInDriver()
    let exchange = SRPClient()
    let challenge = try driver.initiate("USER_SRP_AUTH", ["SRP_A": exchange.publicA.hex])
    let other = try driver.harness.makeClient(driver.pool)
    let block = challenge["ChallengeParameters"]?["SECRET_BLOCK"] ?? ""
    let refused = try driver.harness.refusal(
      "RespondToAuthChallenge",
      [
        "ClientId": .string(other), "ChallengeName": "PASSWORD_VERIFIER",
        "ChallengeResponses": [
          "USERNAME": "ada", "PASSWORD_CLAIM_SECRET_BLOCK": block, "PASSWORD_CLAIM_SIGNATURE": "AA==", "TIMESTAMP": "x",
        ],
      ])
    #expect(refused == .incorrectPassword)
  }
}

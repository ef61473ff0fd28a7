import Cognito
import Testing

@testable import LocalPool

@Suite("the two forms of an issuer")
struct IssuerTests {
  private func get(_ path: String, _ harness: PoolHarness) -> JSONValue? {
    let request = PoolRequest(method: "GET", target: path, headers: [], body: [], remoteAddress: "127.0.0.1")
    let answer = Responder.respond(to: request, harness.context)
    return answer.status == 200 ? try? JSONValue.parse(answer.body) : nil
  }

  @Test("a pool's tokens carry the one that it is set to, and both are good at the pool")
  func tokens() throws {
    let driver = try SignInDriver()
    let original = try driver.byPassword()
    #expect(try driver.claims(original)["iss"] == .string("http://127.0.0.1:9/\(driver.pool)"))
    try driver.harness.call(
      "UpdateUserPool", ["UserPoolId": .string(driver.pool), "IssuerConfiguration": ["Type": "UPDATED"]])
    let updated = try driver.byPassword()
    for token in ["AccessToken", "IdToken"] {
      #expect(
        try driver.claims(updated, token)["iss"] == .string("http://127.0.0.1:9/issuer/\(driver.pool)"))
    }
    #expect(try driver.caller(original).user.username == "ada" && driver.caller(updated).user.username == "ada")
    let shown = try driver.harness.call("DescribeUserPool", ["UserPoolId": .string(driver.pool)])["UserPool"]
    #expect(shown?["IssuerConfiguration"] == ["Type": "UPDATED"])
    let wrong: JSONValue = ["UserPoolId": .string(driver.pool), "IssuerConfiguration": ["Type": "NEW"]]
    #expect(try driver.harness.refusal("UpdateUserPool", wrong)?.type == "InvalidParameterException")
  }

  @Test("keys and discovery stand at both, each discovery naming the form that it stands at")
  func documents() throws {
    let harness = try PoolHarness()
    let pool = try harness.makePool()
    let keys = ["/\(pool)", "/issuer/\(pool)"].map { get($0 + "/.well-known/jwks.json", harness) }
    #expect(keys[0] != nil && keys[0] == keys[1])
    for form in ["/\(pool)", "/issuer/\(pool)"] {
      let document = get(form + "/.well-known/openid-configuration", harness)
      #expect(document?["issuer"] == .string("http://127.0.0.1:9" + form))
      #expect(document?["jwks_uri"] == .string("http://127.0.0.1:9\(form)/.well-known/jwks.json"))
    }
    for wrong in ["/issuers/\(pool)", "/issuer/issuer/\(pool)", "/issuer//\(pool)", "//\(pool)", "/issuer/none"] {
      #expect(get(wrong + "/.well-known/jwks.json", harness) == nil, "\(wrong)")
    }
  }
}

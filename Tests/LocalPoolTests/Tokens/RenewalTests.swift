import Cognito
import LocalPool
import Testing

@Suite("renewing and revoking")
struct RenewalTests {
  private func renew(_ driver: SignInDriver, _ token: String) throws -> JSONValue {
    try driver.initiate("REFRESH_TOKEN_AUTH", ["REFRESH_TOKEN": token])
  }

  private func rotate(_ driver: SignInDriver, _ token: String) throws -> JSONValue {
    try driver.harness.call(
      "GetTokensFromRefreshToken", ["RefreshToken": .string(token), "ClientId": .string(driver.client)])
  }

  @Test("a refresh token gives fresh tokens of the same sign-in, and no new refresh token")
  func renews() throws {
    let driver = try SignInDriver()
    let first = try driver.srp()
    driver.harness.clock.advance(by: 7200)
    #expect(
      try refusal {
        _ = try driver.caller(first); return .null
      } == .notAuthorized("Access Token has expired"))
    let second = try renew(driver, driver.refreshToken(first))
    #expect(second["AuthenticationResult"]?["RefreshToken"] == nil)
    #expect(try driver.caller(second).user.username == "ada")
    let (old, new) = (try driver.claims(first), try driver.claims(second))
    #expect(old["origin_jti"] == new["origin_jti"])
    #expect(old["auth_time"] == new["auth_time"])
    #expect(new["iat"]?.int == 1_800_007_200)
  }

  @Test("a refresh token ends after thirty days")
  func expires() throws {
    let driver = try SignInDriver()
    let token = driver.refreshToken(try driver.srp())
    driver.harness.clock.advance(by: 30 * 86_400 - 1)
    #expect(try refusal { try renew(driver, token) } == nil)
    driver.harness.clock.advance(by: 1)
    #expect(try refusal { try renew(driver, token) } == .notAuthorized("Refresh Token has expired"))
  }

  @Test("what isn't a refresh token of this client is refused")
  func invalid() throws {
    let driver = try SignInDriver()
    let token = driver.refreshToken(try driver.srp())
    for wrong in ["nonsense", token + "x", String(token.dropLast())] {
      #expect(try refusal { try renew(driver, wrong) } == .notAuthorized("Invalid Refresh Token"))
    }
    let other = try driver.harness.makeClient(driver.pool)
    let refused = try driver.harness.refusal(
      "GetTokensFromRefreshToken", ["RefreshToken": .string(token), "ClientId": .string(other)])
    #expect(refused == .notAuthorized("Invalid Refresh Token"))
  }

  @Test("with rotation each token is replaced, works on for the grace period, and then is a reuse")
  func rotation() throws {
    let driver = try SignInDriver(
      client: [
        "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"],
        "RefreshTokenRotation": ["Feature": "ENABLED", "RetryGracePeriodSeconds": 10],
      ])
    let first = driver.refreshToken(try driver.srp())
    #expect(try refusal { try renew(driver, first) } != nil)
    let second = driver.refreshToken(try rotate(driver, first))
    #expect(!second.isEmpty && second != first)
    driver.harness.clock.advance(by: 9)
    let retried = driver.refreshToken(try rotate(driver, first))
    #expect(!retried.isEmpty && retried != second)
    driver.harness.clock.advance(by: 1)
    #expect(try refusal { try rotate(driver, first) }?.type == "RefreshTokenReuseException")
    #expect(try refusal { try rotate(driver, second) } == nil)
    // A rotated token ends when the first one would have.
    driver.harness.clock.advance(by: 30 * 86_400 - 10)
    #expect(try refusal { try rotate(driver, retried) } == .notAuthorized("Refresh Token has expired"))
  }

  @Test("a revoked sign-in renews nothing, and its access token is refused by the pool; others go on")
  func revoke() throws {
    let driver = try SignInDriver()
    let (first, second) = (try driver.srp(), try driver.srp())
    let token = driver.refreshToken(first)
    try driver.harness.call("RevokeToken", ["Token": .string(token), "ClientId": .string(driver.client)])
    #expect(try refusal { try renew(driver, token) } == .notAuthorized("Refresh Token has been revoked"))
    #expect(
      try refusal {
        _ = try driver.caller(first); return .null
      } == .notAuthorized("Access Token has been revoked"))
    #expect(try driver.caller(second).user.username == "ada")
    #expect(try refusal { try renew(driver, driver.refreshToken(second)) } == nil)
    // Again: no news.
    try driver.harness.call("RevokeToken", ["Token": .string(token), "ClientId": .string(driver.client)])
    let access = first["AuthenticationResult"]?["AccessToken"] ?? ""
    #expect(
      try driver.harness.refusal("RevokeToken", ["Token": access, "ClientId": .string(driver.client)])?.type
        == "UnsupportedTokenTypeException")
  }

  @Test("signing out everywhere ends every sign-in, and not the next one")
  func globalSignOut() throws {
    let driver = try SignInDriver()
    let (first, second) = (try driver.srp(), try driver.srp())
    try driver.harness.call("GlobalSignOut", ["AccessToken": "x"], caller: try driver.caller(first))
    for answer in [first, second] {
      #expect(
        try refusal {
          _ = try driver.caller(answer); return .null
        } == .notAuthorized("Access Token has been revoked"))
      #expect(
        try refusal { try renew(driver, driver.refreshToken(answer)) }
          == .notAuthorized("Refresh Token has been revoked"))
    }
    let third = try driver.srp()
    #expect(try driver.caller(third).user.username == "ada")
    try driver.harness.call(
      "AdminUserGlobalSignOut", ["UserPoolId": .string(driver.pool), "Username": "ada"])
    #expect(
      try refusal {
        _ = try driver.caller(third); return .null
      } == .notAuthorized("Access Token has been revoked"))
  }

  @Test("after rotated keys old tokens are good until the old keys go")
  func keyRotation() throws {
    let driver = try SignInDriver()
    let before = try driver.srp()
    try driver.harness.context.keys.rotate(poolID: driver.pool)
    #expect(try driver.caller(before).user.username == "ada")
    let after = try driver.srp()
    try driver.harness.context.keys.forgetRetired(poolID: driver.pool)
    #expect(
      try refusal {
        _ = try driver.caller(before); return .null
      } == .notAuthorized("Invalid Access Token"))
    #expect(try driver.caller(after).user.username == "ada")
  }

  @Test("a token that was changed, or signed by the other key, is refused")
  func forged() throws {
    let driver = try SignInDriver()
    let answer = try driver.srp()
    let token = answer["AuthenticationResult"]?["AccessToken"]?.string ?? ""
    let id = answer["AuthenticationResult"]?["IdToken"]?.string ?? ""
    let parts = token.split(separator: ".").map(String.init)
    let none = Base64.encodeURL(Array(#"{"alg":"none"}"#.utf8))
    for wrong in [
      id, parts[0] + "." + parts[1] + ".", none + "." + parts[1] + ".", "a.b.c",
      parts[0] + "." + parts[1] + "." + String(parts[2].reversed()),
    ] {
      let refused = try refusal {
        _ = try AccessTokenReader.caller(token: wrong, context: driver.harness.context)
        return .null
      }
      #expect(refused == .notAuthorized("Invalid Access Token"))
    }
  }
}

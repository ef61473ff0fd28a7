import Cognito
import FoundationEssentials
import LocalPool
import TestSupport
import Testing

@Suite("passkeys and second factors")
struct PasskeyMFATests {
  private static let optional: [String: JSONValue] = [
    "MfaConfiguration": "OPTIONAL", "SoftwareTokenMfaConfiguration": ["Enabled": true],
  ]
  private static let both: JSONValue = [
    "RelyingPartyId": "example.com", "FactorConfiguration": "MULTI_FACTOR_WITH_USER_VERIFICATION",
  ]
  private static let totp: [String: JSONValue] = ["SoftwareTokenMfaSettings": ["Enabled": true, "PreferredMfa": true]]
  private static let passkey: [String: JSONValue] = ["WebAuthnMfaSettings": ["Enabled": true]]

  /// Gives the user an authenticator app.
  private func setUpTOTP(_ driver: PasskeyDriver) throws {
    let token = JSONValue.string(driver.accessToken)
    let secret = try driver.harness.call("AssociateSoftwareToken", ["AccessToken": token])["SecretCode"]?.string ?? ""
    let code = try #require(TOTP(base32: secret)).code(unixSeconds: driver.harness.clock.epoch)
    try driver.harness.call("VerifySoftwareToken", ["AccessToken": token, "UserCode": .string(code)])
    _ = try driver.call("SetUserMFAPreference", Self.totp)
  }

  @Test("a single factor is not offered to who needs two, and is followed by the second if that came in between")
  func single() throws {
    let driver = try PasskeyDriver(mfa: Self.optional)
    let authenticator = SoftAuthenticator()
    try driver.register(authenticator)
    let challenge = try driver.ask()
    try setUpTOTP(driver)
    let next = try driver.answer(challenge, authenticator.get(try PasskeyDriver.options(challenge)))
    #expect(next["ChallengeName"] == "SOFTWARE_TOKEN_MFA")
    #expect(try driver.ask()["AvailableChallenges"] == ["PASSWORD", "PASSWORD_SRP"])
    let refused = try refusal { try driver.call("SetUserMFAPreference", Self.passkey) }
    #expect(refused?.type == "InvalidParameterException")
  }

  @Test("a passkey with user verification stands for both where pool and user say so")
  func multi() throws {
    let driver = try PasskeyDriver(mfa: Self.optional, configuration: Self.both)
    let authenticator = SoftAuthenticator()
    #expect(try driver.start()?["authenticatorSelection"]?["userVerification"] == "required")
    try driver.register(authenticator)
    // Without another second factor the user would be locked out by losing it.
    #expect(
      try refusal { try driver.call("SetUserMFAPreference", Self.passkey) }?.type == "InvalidParameterException")
    try setUpTOTP(driver)
    #expect(try driver.ask()["AvailableChallenges"] == ["PASSWORD", "PASSWORD_SRP"])
    _ = try driver.call("SetUserMFAPreference", Self.passkey)
    #expect(try driver.signIn(authenticator)["AuthenticationResult"] != nil)
    var cheat = SoftAuthenticator.Cheat()
    cheat.flags = 0x01
    #expect(try refusal { try driver.signIn(authenticator, cheat) } == .incorrectPassword)
    // The password still needs its second factor, and that one can't be given up.
    #expect(try driver.driver.byPassword()["ChallengeName"] == "SOFTWARE_TOKEN_MFA")
    let off: [String: JSONValue] = ["SoftwareTokenMfaSettings": ["Enabled": false]]
    #expect(try refusal { try driver.call("SetUserMFAPreference", off) }?.type == "InvalidParameterException")
  }

  @Test("where everybody needs two factors, a passkey that stands for both signs in")
  func required() throws {
    let driver = try PasskeyDriver(mfa: Self.optional, configuration: Self.both)
    let authenticator = SoftAuthenticator()
    try driver.register(authenticator)
    try setUpTOTP(driver)
    _ = try driver.call("SetUserMFAPreference", Self.passkey)
    try driver.harness.call(
      "SetUserPoolMfaConfig",
      [
        "UserPoolId": .string(driver.driver.pool), "MfaConfiguration": "ON",
        "SoftwareTokenMfaConfiguration": ["Enabled": true], "WebAuthnConfiguration": Self.both,
      ])
    #expect(try driver.signIn(authenticator)["AuthenticationResult"] != nil)
  }

  @Test("passkeys alone don't make MFA")
  func poolSettings() throws {
    let harness = try PoolHarness()
    let pool = JSONValue.string(try harness.makePool())
    let refused = try harness.refusal(
      "SetUserPoolMfaConfig",
      ["UserPoolId": pool, "MfaConfiguration": "ON", "WebAuthnConfiguration": Self.both])
    #expect(refused?.type == "InvalidParameterException")
  }
}

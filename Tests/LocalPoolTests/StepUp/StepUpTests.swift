import Cognito
import FoundationEssentials
import LocalPool
import Testing

@Suite("signing in up to a level")
struct StepUpTests {
  private static func level(_ number: Int) -> String { "urn:cognito:loa:\(number)" }
  private let key = Array("12345678901234567890".utf8)

  /// Ada, with a password, an address for codes, and an authenticator app if asked for.
  private func driver(app: Bool = false, factors: JSONValue = ["PASSWORD", "EMAIL_OTP"]) throws -> SignInDriver {
    let driver = try SignInDriver(
      pool: ["Policies": ["SignInPolicy": ["AllowedFirstAuthFactors": factors]]],
      client: ["PreventUserExistenceErrors": "ENABLED"],
      mfa: ["MfaConfiguration": "OPTIONAL", "SoftwareTokenMfaConfiguration": ["Enabled": true]])
    try driver.harness.call(
      "AdminUpdateUserAttributes",
      [
        "UserPoolId": .string(driver.pool), "Username": "ada",
        "UserAttributes": [
          ["Name": "email", "Value": "ada@example.com"], ["Name": "email_verified", "Value": "true"],
        ],
      ])
    if app { try addApp(driver) }
    return driver
  }

  private func addApp(_ driver: SignInDriver) throws {
    try driver.harness.context.store.write { transaction in
      let pool = try #require(try transaction.pools.find(driver.pool))
      var user = try #require(try transaction.users.find(username: "ada", in: pool))
      user.mfa.softwareTokenEnabled = true
      user.mfa.softwareTokenSecret = key
      try transaction.users.update(user)
    }
  }

  private func code(_ driver: SignInDriver) -> String {
    driver.harness.clock.advance(by: 30)
    return TOTP(key: Secret(bytes: key)).code(counter: UInt64(driver.harness.clock.seconds / 30))
  }

  private func ask(_ driver: SignInDriver, _ targets: String, _ more: [String: String] = [:]) throws -> JSONValue {
    try driver.initiate("USER_AUTH", more.merging(["TARGET_ACR_VALUES": targets]) { $1 })
  }

  private func refused(_ driver: SignInDriver, _ targets: String, _ more: [String: String] = [:]) throws -> String? {
    try refusal { try ask(driver, targets, more) }?.type
  }

  private func access(_ answer: JSONValue) -> String { answer["AuthenticationResult"]?["AccessToken"]?.string ?? "" }

  private func said(_ driver: SignInDriver, _ answer: JSONValue) throws -> [JSONValue?] {
    let (id, access) = (try driver.claims(answer, "IdToken"), try driver.claims(answer))
    #expect(id["acr"] == access["acr"] && id["amr"] == access["amr"])
    return [access["acr"], access["amr"]]
  }

  @Test("every sign-in's tokens say how strong it was, and renewed ones say the same")
  func claims() throws {
    let driver = try driver()
    let answer = try driver.byPassword()
    #expect(try said(driver, answer) == [.string(Self.level(1)), ["pwd"]])
    #expect(try said(driver, try driver.srp()) == [.string(Self.level(1)), ["pwd"]])
    let asked = try driver.initiate("USER_AUTH", ["PREFERRED_CHALLENGE": "EMAIL_OTP"])
    let sent = try #require(try driver.harness.lastMessage()?.code)
    let byCode = try driver.respond("EMAIL_OTP", ["EMAIL_OTP_CODE": sent], session: asked)
    #expect(try said(driver, byCode) == [.string(Self.level(2)), ["email_otp"]])

    try addApp(driver)
    let second = try driver.respond(
      "SOFTWARE_TOKEN_MFA", ["SOFTWARE_TOKEN_MFA_CODE": code(driver)], session: try driver.srp())
    #expect(try said(driver, second) == [.string(Self.level(4)), ["pwd", "otp", "mfa"]])
    driver.harness.clock.advance(by: 60)
    let renewed = try driver.initiate("REFRESH_TOKEN_AUTH", ["REFRESH_TOKEN": driver.refreshToken(second)])
    #expect(try said(driver, renewed) == said(driver, second))
    #expect(try driver.claims(renewed)["auth_time"] == driver.claims(second)["auth_time"])
  }

  @Test("a pool's own names are shown, stand in tokens, and can be asked for")
  func names() throws {
    let driver = try driver()
    func set(_ names: [String: JSONValue], tier: String = "ESSENTIALS") throws -> PoolException? {
      try driver.harness.refusal(
        "UpdateUserPool",
        [
          "UserPoolId": .string(driver.pool), "UserPoolTier": .string(tier), "MfaConfiguration": "OPTIONAL",
          "AcrConfiguration": .object(names.mapValues { ["AcrValue": $0] }),
        ])
    }
    for wrong in [
      ["Level5": "x"], ["Level1": ""], ["Level1": "a b"], ["Level1": "x", "Level2": "x"],
      ["Level1": .string(Self.level(4))], ["Level1": .string(String(repeating: "x", count: 65))],
    ] as [[String: JSONValue]] {
      #expect(try set(wrong)?.type == "InvalidParameterException", "\(wrong)")
    }
    #expect(try set(["Level1": "low"], tier: "LITE")?.type == "FeatureUnavailableInTierException")
    #expect(try set(["Level1": "low"]) == nil)
    let shown = try driver.harness.call("DescribeUserPool", ["UserPoolId": .string(driver.pool)])["UserPool"]
    #expect(shown?["AcrConfiguration"]?["Level1"] == ["AcrValue": "low"])
    #expect(shown?["AcrConfiguration"]?["Level4"] == ["AcrValue": .string(Self.level(4))])
    #expect(try said(driver, try driver.byPassword()).first == .string("low"))
    #expect(try refused(driver, "low") == nil)
    #expect(try refused(driver, Self.level(1)) == "InvalidParameterException")
    #expect(try set([:], tier: "LITE") == nil)
    #expect(try refused(driver, Self.level(1)) == "FeatureUnavailableInTierException")
  }

  @Test("from nothing, password and code lead to the level, and only ways that do are offered")
  func fromScratch() throws {
    let driver = try driver(app: true, factors: ["PASSWORD", "EMAIL_OTP"])
    let offer = try ask(driver, Self.level(4))
    #expect(offer["AvailableChallenges"] == ["PASSWORD", "PASSWORD_SRP"])
    let asked = try driver.respond(
      "SELECT_CHALLENGE", ["ANSWER": "PASSWORD", "PASSWORD": driver.password], session: offer)
    #expect(asked["ChallengeName"] == "SOFTWARE_TOKEN_MFA")
    #expect(
      try refusal { try driver.respond("SOFTWARE_TOKEN_MFA", ["SOFTWARE_TOKEN_MFA_CODE": "000000"], session: asked) }
        != nil)
    let answer = try driver.respond("SOFTWARE_TOKEN_MFA", ["SOFTWARE_TOKEN_MFA_CODE": code(driver)], session: asked)
    #expect(try said(driver, answer) == [.string(Self.level(4)), ["pwd", "otp", "mfa"]])
  }

  @Test("the first level that the user can reach counts, unknown ones are ignored, none is an error")
  func falls() throws {
    let driver = try driver()
    let offer = try ask(driver, "urn:other \(Self.level(4)) \(Self.level(3)) \(Self.level(2))")
    #expect(offer["AvailableChallenges"] == ["EMAIL_OTP"])
    #expect(try ask(driver, Self.level(1))["AvailableChallenges"] == ["PASSWORD", "PASSWORD_SRP", "EMAIL_OTP"])
    for impossible in [Self.level(4), Self.level(3), "urn:other", " ", "\(Self.level(1)),\(Self.level(2))"] {
      #expect(try refused(driver, impossible) == "InvalidParameterException", "\(impossible)")
    }
    // A user who doesn't exist can reach what one without a second factor can.
    var nobody = driver
    nobody.username = "nobody"
    #expect(try refused(nobody, Self.level(4)) == "InvalidParameterException")
    #expect(try refused(nobody, Self.level(1)) == nil)
  }

  @Test("a second factor that is due is asked for whatever the target")
  func floor() throws {
    let driver = try driver(app: true)
    let asked = try ask(
      driver, Self.level(1), ["PREFERRED_CHALLENGE": "PASSWORD", "PASSWORD": driver.password])
    #expect(asked["ChallengeName"] == "SOFTWARE_TOKEN_MFA")
  }

  @Test("with an access token only what is missing is asked for, and the new tokens are of a sign-in of their own")
  func stepsUp() throws {
    let driver = try driver()
    let weak = try driver.byPassword()
    try addApp(driver)
    driver.harness.clock.advance(by: 100)
    let asked = try ask(driver, Self.level(4), ["ACCESS_TOKEN": access(weak), "MAX_AGE": "100"])
    #expect(asked["ChallengeName"] == "SOFTWARE_TOKEN_MFA")
    let strong = try driver.respond("SOFTWARE_TOKEN_MFA", ["SOFTWARE_TOKEN_MFA_CODE": code(driver)], session: asked)
    #expect(try said(driver, strong) == [.string(Self.level(4)), ["pwd", "otp", "mfa"]])
    let (old, new) = (try driver.claims(weak), try driver.claims(strong))
    #expect(new["origin_jti"] != old["origin_jti"] && new["auth_time"] != old["auth_time"])
    #expect(!driver.refreshToken(strong).isEmpty)
    #expect(try driver.caller(weak).user.username == "ada")
    // What has reached the level isn't renewed by this way.
    #expect(try refused(driver, Self.level(4), ["ACCESS_TOKEN": access(strong)]) == "InvalidParameterException")
    #expect(try refused(driver, Self.level(1), ["ACCESS_TOKEN": access(strong)]) == "InvalidParameterException")
  }

  @Test("a proof that is older than MAX_AGE counts for nothing")
  func age() throws {
    let driver = try driver(app: true)
    let strong = try driver.respond(
      "SOFTWARE_TOKEN_MFA", ["SOFTWARE_TOKEN_MFA_CODE": code(driver)], session: try driver.srp())
    driver.harness.clock.advance(by: 101)
    let offer = try ask(driver, Self.level(4), ["ACCESS_TOKEN": access(strong), "MAX_AGE": "100"])
    #expect(offer["AvailableChallenges"] == ["PASSWORD", "PASSWORD_SRP"])
    for wrong in ["-1", "+1", "1.5", "soon", "99999999999999999999"] {
      #expect(try refused(driver, Self.level(4), ["MAX_AGE": wrong]) == "InvalidParameterException", "\(wrong)")
    }
    #expect(try refused(driver, Self.level(4), ["MAX_AGE": "0"]) == nil)
  }

  @Test("an access token of another user or client, without a target, revoked or no token at all is refused")
  func tokens() throws {
    let driver = try driver(app: true)
    var bob = driver
    (bob.username, bob.password) = ("bob", "Babbage-1791!")
    try driver.addUser(bob.username, bob.password)
    let others = access(try bob.byPassword())
    #expect(try refused(driver, Self.level(4), ["ACCESS_TOKEN": others]) == "NotAuthorizedException")
    #expect(try refused(driver, Self.level(4), ["ACCESS_TOKEN": "x.y.z"]) == "NotAuthorizedException")
    let alone = try refusal { try driver.initiate("USER_AUTH", ["ACCESS_TOKEN": others]) }
    #expect(alone?.type == "InvalidParameterException")
    let own = try driver.respond(
      "SOFTWARE_TOKEN_MFA", ["SOFTWARE_TOKEN_MFA_CODE": code(driver)], session: try driver.srp())
    let client = try driver.harness.makeClient(driver.pool, ["ExplicitAuthFlows": ["ALLOW_USER_AUTH"]])
    let elsewhere = try driver.harness.refusal(
      "InitiateAuth",
      [
        "ClientId": .string(client), "AuthFlow": "USER_AUTH",
        "AuthParameters": [
          "USERNAME": "ada", "TARGET_ACR_VALUES": .string(Self.level(4)), "ACCESS_TOKEN": .string(access(own)),
        ],
      ])
    #expect(elsewhere?.type == "NotAuthorizedException")
    try driver.harness.call("GlobalSignOut", ["AccessToken": "x"], caller: try driver.caller(own))
    #expect(try refused(driver, Self.level(4), ["ACCESS_TOKEN": access(own)]) == "NotAuthorizedException")
  }

  @Test("a remembered device doesn't stand for the code that a level needs")
  func device() throws {
    let driver = try driver(app: true)
    try driver.harness.call(
      "UpdateUserPool",
      [
        "UserPoolId": .string(driver.pool), "MfaConfiguration": "OPTIONAL",
        "DeviceConfiguration": ["ChallengeRequiredOnNewDevice": true],
      ])
    try driver.harness.context.store.write { transaction in
      let pool = try #require(try transaction.pools.find(driver.pool))
      let user = try #require(try transaction.users.find(username: "ada", in: pool))
      var device = DeviceRecord(
        poolID: pool.id, userID: user.id, key: "local_d", groupKey: "g", createdAt: driver.harness.clock.now)
      device.password = PasswordVerifier(salt: [1], verifier: [2])
      device.isRemembered = true
      try transaction.devices.save(device)
    }
    let parameters = ["PREFERRED_CHALLENGE": "PASSWORD", "PASSWORD": driver.password, "DEVICE_KEY": "local_d"]
    #expect(try driver.initiate("USER_AUTH", parameters)["ChallengeName"] == "DEVICE_SRP_AUTH")
    #expect(try ask(driver, Self.level(4), parameters)["ChallengeName"] == "SOFTWARE_TOKEN_MFA")
  }
}

import Cognito
import LocalPool
import Testing

@Suite("choosing a first factor")
struct UserAuthTests {
  private func driver() throws -> SignInDriver {
    let driver = try SignInDriver(
      pool: ["Policies": ["SignInPolicy": ["AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]]]],
      client: ["PreventUserExistenceErrors": "ENABLED"])
    try driver.harness.call(
      "AdminUpdateUserAttributes",
      [
        "UserPoolId": .string(driver.pool), "Username": "ada",
        "UserAttributes": [
          ["Name": "email", "Value": "ada@example.com"], ["Name": "email_verified", "Value": "true"],
        ],
      ])
    return driver
  }

  @Test("without a preference the user is offered what the pool allows and they have")
  func offer() throws {
    let driver = try driver()
    let offer = try driver.initiate("USER_AUTH")
    #expect(offer["ChallengeName"] == "SELECT_CHALLENGE")
    #expect(offer["AvailableChallenges"] == ["PASSWORD", "PASSWORD_SRP", "EMAIL_OTP"])
    let unavailable = try refusal { try driver.respond("SELECT_CHALLENGE", ["ANSWER": "SMS_OTP"], session: offer) }
    #expect(unavailable?.type == "InvalidParameterException")
    let answer = try driver.respond(
      "SELECT_CHALLENGE", ["ANSWER": "PASSWORD", "PASSWORD": driver.password], session: offer)
    #expect(answer["AuthenticationResult"] != nil)
  }

  @Test("a preferred factor starts at once")
  func preferred() throws {
    let driver = try driver()
    let byPassword = try driver.initiate(
      "USER_AUTH", ["PREFERRED_CHALLENGE": "PASSWORD", "PASSWORD": driver.password])
    #expect(byPassword["AuthenticationResult"] != nil)
    #expect(
      try driver.srp(flow: "USER_AUTH", extra: ["PREFERRED_CHALLENGE": "PASSWORD_SRP"])["AuthenticationResult"] != nil)
    let asked = try driver.initiate("USER_AUTH", ["PREFERRED_CHALLENGE": "PASSWORD"])
    #expect(asked["ChallengeName"] == "PASSWORD")
    #expect(
      try driver.respond("PASSWORD", ["PASSWORD": driver.password], session: asked)["AuthenticationResult"] != nil)
  }

  @Test("a code by e-mail is a first factor of its own")
  func emailCode() throws {
    let driver = try driver()
    let asked = try driver.initiate("USER_AUTH", ["PREFERRED_CHALLENGE": "EMAIL_OTP"])
    #expect(asked["ChallengeName"] == "EMAIL_OTP")
    let code = try #require(try driver.harness.lastMessage()?.code)
    #expect(
      try driver.respond("EMAIL_OTP", ["EMAIL_OTP_CODE": code], session: asked)["AuthenticationResult"] != nil)
  }

  @Test("where a code seems to go depends on the name, and stays the same, for users who don't exist")
  func simulatedAddress() throws {
    var driver = try driver()
    func destination(_ name: String) throws -> JSONValue? {
      driver.username = name
      let answer = try driver.initiate("USER_AUTH", ["PREFERRED_CHALLENGE": "EMAIL_OTP"])
      return answer["ChallengeParameters"]?["CODE_DELIVERY_DESTINATION"]
    }
    #expect(try destination("ada") == "a***@e***")
    #expect(try destination("zoe@example.org") == "z***@e***")
    let shown = try (0..<20).map { try destination("nobody\($0)") }
    #expect(Set(shown.map { $0?.string ?? "" }).count > 5)
    #expect(try (0..<20).map { try destination("nobody\($0)") } == shown)
  }

  @Test("a user who doesn't exist is offered the same, and no code is right")
  func unknown() throws {
    var driver = try driver()
    driver.username = "nobody"
    let asked = try driver.initiate("USER_AUTH", ["PREFERRED_CHALLENGE": "EMAIL_OTP"])
    #expect(asked["ChallengeName"] == "EMAIL_OTP")
    let name = asked["ChallengeParameters"]?["USER_ID_FOR_SRP"]?.string ?? ""
    let refused = try refusal {
      try driver.respond("EMAIL_OTP", ["EMAIL_OTP_CODE": "123456", "USERNAME": name], session: asked)
    }
    #expect(refused?.type == "CodeMismatchException")
  }
}

@Suite("signing in straight after signing up")
struct AutoSignInTests {
  @Test("the session of a confirmed sign-up is a first factor, once; the one before the confirmation is none")
  func autoSignIn() throws {
    var driver = try SignInDriver(pool: ["AutoVerifiedAttributes": ["email"]])
    let client = ["ClientId": JSONValue.string(driver.client), "Username": "new"]
    let signUp = try driver.harness.call(
      "SignUp",
      .object(
        client.merging([
          "Password": "Permanent-1!", "UserAttributes": [["Name": "email", "Value": "new@example.com"]],
        ]) { own, _ in own }))
    let begun = try #require(signUp["Session"])
    driver.username = "new"
    func signIn(_ session: JSONValue) throws -> JSONValue {
      try driver.harness.call(
        "InitiateAuth",
        [
          "ClientId": .string(driver.client), "AuthFlow": "USER_AUTH", "AuthParameters": ["USERNAME": "new"],
          "Session": session,
        ])
    }
    #expect(try refusal { try signIn(begun) } == .invalidSession)
    let code = try #require(try driver.harness.lastMessage()?.code)
    let confirmed = try driver.harness.call(
      "ConfirmSignUp",
      .object(client.merging(["ConfirmationCode": .string(code), "Session": begun]) { own, _ in own }))
    let session = try #require(confirmed["Session"])
    #expect(try signIn(session)["AuthenticationResult"]?["AccessToken"] != nil)
    #expect(try refusal { try signIn(session) }?.type == "NotAuthorizedException")
  }
}

import Cognito
import LocalPool
import Testing

@Suite("second factors")
struct SecondFactorTests {
  static let softwareToken: [String: JSONValue] = [
    "MfaConfiguration": "OPTIONAL", "SoftwareTokenMfaConfiguration": ["Enabled": true],
  ]

  /// The code of a shared key at the pool's time.
  private func code(_ secret: JSONValue?, _ driver: SignInDriver) throws -> String {
    let totp = try #require(TOTP(base32: secret?.string ?? ""))
    return totp.code(unixSeconds: driver.harness.clock.epoch)
  }

  /// Sets a software token up for the driver's user; its key.
  private func enroll(_ driver: SignInDriver) throws -> JSONValue? {
    let token = try driver.byPassword()["AuthenticationResult"]?["AccessToken"] ?? ""
    let caller = try AccessTokenReader.caller(token: token.string ?? "", context: driver.harness.context)
    let secret = try driver.harness.call("AssociateSoftwareToken", ["AccessToken": token])["SecretCode"]
    #expect(secret?.string?.utf8.count == 52)
    let wrong = try driver.harness.refusal("VerifySoftwareToken", ["AccessToken": token, "UserCode": "000000"])
    #expect(wrong?.type == "EnableSoftwareTokenMFAException")
    try driver.harness.call(
      "VerifySoftwareToken", ["AccessToken": token, "UserCode": .string(try code(secret, driver))])
    try driver.harness.call(
      "SetUserMFAPreference",
      ["AccessToken": token, "SoftwareTokenMfaSettings": ["Enabled": true, "PreferredMfa": true]], caller: caller)
    driver.harness.clock.advance(by: 30)
    return secret
  }

  @Test("a software token's code is asked for after the password, and good once")
  func softwareToken() throws {
    let driver = try SignInDriver(mfa: Self.softwareToken)
    let secret = try enroll(driver)
    let challenge = try driver.srp()
    #expect(challenge["ChallengeName"] == "SOFTWARE_TOKEN_MFA")
    let code = try code(secret, driver)
    let answer = try driver.respond("SOFTWARE_TOKEN_MFA", ["SOFTWARE_TOKEN_MFA_CODE": code], session: challenge)
    #expect(answer["AuthenticationResult"] != nil)
    let again = try driver.srp()
    let replay = try refusal {
      try driver.respond("SOFTWARE_TOKEN_MFA", ["SOFTWARE_TOKEN_MFA_CODE": code], session: again)
    }
    #expect(replay?.type == "ExpiredCodeException")
  }

  @Test("a code by e-mail or SMS has the pool's own text; e-mails are limited per hour")
  func ownText() throws {
    let driver = try SignInDriver(mfa: [
      "MfaConfiguration": "OPTIONAL",
      "EmailMfaConfiguration": ["Message": "Yours: {####}.", "Subject": "Hello {username}"],
    ])
    try driver.harness.call(
      "AdminUpdateUserAttributes",
      [
        "UserPoolId": .string(driver.pool), "Username": "ada",
        "UserAttributes": [["Name": "email", "Value": "ada@example.com"]],
      ])
    try driver.harness.call(
      "AdminSetUserMFAPreference",
      [
        "UserPoolId": .string(driver.pool), "Username": "ada",
        "EmailMfaSettings": ["Enabled": true, "PreferredMfa": true],
      ])
    #expect(try driver.byPassword()["ChallengeName"] == "EMAIL_OTP")
    let message = try #require(try driver.harness.lastMessage())
    #expect(message.subject == "Hello ada" && message.body == "Yours: \(message.code ?? "").")
    for _ in 1..<20 { #expect(try refusal { try driver.byPassword() } == nil) }
    #expect(try refusal { try driver.byPassword() } == .limitExceeded)
    driver.harness.clock.advance(by: 3600)
    #expect(try refusal { try driver.byPassword() } == nil)
  }

  @Test("the code before and the one after are accepted, older ones are not")
  func skew() throws {
    let driver = try SignInDriver(mfa: Self.softwareToken)
    let totp = try #require(TOTP(base32: try enroll(driver)?.string ?? ""))
    driver.harness.clock.advance(by: 3000)
    for (offset, isGood) in [(Int64(-60), false), (-30, true), (30, true), (60, false)] {
      let challenge = try driver.srp()
      let code = totp.code(unixSeconds: driver.harness.clock.epoch + offset)
      let refused = try refusal {
        try driver.respond("SOFTWARE_TOKEN_MFA", ["SOFTWARE_TOKEN_MFA_CODE": code], session: challenge)
      }
      #expect((refused == nil) == isGood, "\(offset) s")
    }
  }

  @Test("five wrong codes end the session, even for the right one")
  func wrongCodes() throws {
    let driver = try SignInDriver(mfa: Self.softwareToken)
    let secret = try enroll(driver)
    let challenge = try driver.srp()
    for _ in 0..<5 {
      let refused = try refusal {
        try driver.respond("SOFTWARE_TOKEN_MFA", ["SOFTWARE_TOKEN_MFA_CODE": "12345x"], session: challenge)
      }
      #expect(refused?.type == "CodeMismatchException")
    }
    let code = try code(secret, driver)
    let refused = try refusal {
      try driver.respond("SOFTWARE_TOKEN_MFA", ["SOFTWARE_TOKEN_MFA_CODE": code], session: challenge)
    }
    #expect(refused == .invalidSession)
  }

  @Test("a session lives three minutes and is good for one answer")
  func session() throws {
    let driver = try SignInDriver(mfa: Self.softwareToken)
    let secret = try enroll(driver)
    let late = try driver.srp()
    driver.harness.clock.advance(by: 181)
    let code = try code(secret, driver)
    let responses = ["SOFTWARE_TOKEN_MFA_CODE": code]
    #expect(
      try refusal { try driver.respond("SOFTWARE_TOKEN_MFA", responses, session: late) } == .expiredSession)
    let session = try driver.srp()
    _ = try driver.respond("SOFTWARE_TOKEN_MFA", responses, session: session)
    #expect(
      try refusal { try driver.respond("SOFTWARE_TOKEN_MFA", responses, session: session) }?.type
        == "ExpiredCodeException")
    #expect(
      try refusal {
        try driver.respond("SOFTWARE_TOKEN_MFA", responses, session: ["Session": "AAAAAAAAAAAAAAAAAAAAAA"])
      }
        == .invalidSession)
    #expect(
      try refusal { try driver.respond("NEW_PASSWORD_REQUIRED", ["NEW_PASSWORD": "x"], session: session) }
        == .invalidSession)
  }

  @Test("where a second factor is a must, it is set up in the sign-in itself")
  func setUp() throws {
    var settings = Self.softwareToken
    settings["MfaConfiguration"] = "ON"
    let driver = try SignInDriver(mfa: settings)
    let challenge = try driver.srp()
    #expect(challenge["ChallengeName"] == "MFA_SETUP")
    #expect(challenge["ChallengeParameters"]?["MFAS_CAN_SETUP"] == #"["SOFTWARE_TOKEN_MFA"]"#)
    #expect(
      try refusal { try driver.respond("MFA_SETUP", [:], session: challenge) }?.type == "InvalidParameterException")
    let associated = try driver.harness.call("AssociateSoftwareToken", ["Session": challenge["Session"] ?? ""])
    let code = try code(associated["SecretCode"], driver)
    let verified = try driver.harness.call(
      "VerifySoftwareToken", ["Session": associated["Session"] ?? "", "UserCode": .string(code)])
    #expect(verified["Status"] == "SUCCESS")
    #expect(
      try refusal { try driver.respond("MFA_SETUP", [:], session: associated) }?.type == "InvalidParameterException")
    #expect(try driver.respond("MFA_SETUP", [:], session: verified)["AuthenticationResult"] != nil)
    #expect(try driver.srp()["ChallengeName"] == "SOFTWARE_TOKEN_MFA")
  }

  @Test("codes by SMS and e-mail arrive in the outbox; with several factors and no preference the user chooses")
  func codes() throws {
    let driver = try SignInDriver(
      mfa: [
        "MfaConfiguration": "OPTIONAL", "EmailMfaConfiguration": [:],
        "SmsMfaConfiguration": ["SmsAuthenticationMessage": "Your code is {####}"],
      ])
    let user = ["UserPoolId": JSONValue.string(driver.pool), "Username": "ada"]
    try driver.harness.call(
      "AdminUpdateUserAttributes",
      .object(
        user.merging([
          "UserAttributes": [
            ["Name": "email", "Value": "ada@example.com"], ["Name": "email_verified", "Value": "true"],
            ["Name": "phone_number", "Value": "+4670000001234"], ["Name": "phone_number_verified", "Value": "true"],
          ]
        ]) { own, _ in own }))
    try driver.harness.call(
      "AdminSetUserMFAPreference",
      .object(
        user.merging([
          "SMSMfaSettings": ["Enabled": true], "EmailMfaSettings": ["Enabled": true],
        ]) { own, _ in own }))
    let choice = try driver.srp()
    #expect(choice["ChallengeName"] == "SELECT_MFA_TYPE")
    #expect(choice["ChallengeParameters"]?["MFAS_CAN_CHOOSE"] == #"["SMS_MFA","EMAIL_OTP"]"#)
    let sms = try driver.respond("SELECT_MFA_TYPE", ["ANSWER": "SMS_MFA"], session: choice)
    #expect(sms["ChallengeName"] == "SMS_MFA")
    #expect(sms["ChallengeParameters"]?["CODE_DELIVERY_DESTINATION"]?.string?.hasSuffix("1234") == true)
    let message = try #require(try driver.harness.lastMessage())
    #expect(message.destination == "+4670000001234")
    let code = try #require(message.code)
    let wrong = code == "000000" ? "000001" : "000000"
    #expect(
      try refusal { try driver.respond("SMS_MFA", ["SMS_MFA_CODE": wrong], session: sms) }?.type
        == "CodeMismatchException")
    #expect(try driver.respond("SMS_MFA", ["SMS_MFA_CODE": code], session: sms)["AuthenticationResult"] != nil)
    let mail = try driver.respond("SELECT_MFA_TYPE", ["ANSWER": "EMAIL_OTP"], session: try driver.srp())
    let sent = try #require(try driver.harness.lastMessage()?.code)
    #expect(try driver.respond("EMAIL_OTP", ["EMAIL_OTP_CODE": sent], session: mail)["AuthenticationResult"] != nil)
  }
}

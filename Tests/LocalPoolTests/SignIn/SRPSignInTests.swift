import Cognito
import LocalPool
import Testing

@Suite("signing in with SRP")
struct SRPSignInTests {
  @Test("the right password gives an id, an access and a refresh token")
  func rightPassword() throws {
    let driver = try SignInDriver()
    let answer = try driver.srp()
    let access = try driver.claims(answer)
    #expect(access["username"] == "ada")
    #expect(access["client_id"] == .string(driver.client))
    #expect(access["iss"] == .string("http://127.0.0.1:9/\(driver.pool)"))
    #expect(access["scope"] == "aws.cognito.signin.user.admin")
    #expect(access["exp"]?.int == 1_800_003_600)
    let id = try driver.claims(answer, "IdToken")
    #expect(id["aud"] == .string(driver.client))
    #expect(id["cognito:username"] == "ada")
    #expect(id["origin_jti"] == access["origin_jti"])
    #expect(id["jti"] != access["jti"])
    #expect(driver.refreshToken(answer).split(separator: ".").count == 5)
  }

  @Test("a wrong password is refused with the service's words")
  func wrongPassword() throws {
    var driver = try SignInDriver()
    driver.password += " "
    #expect(try refusal { try driver.srp() } == .incorrectPassword)
  }

  @Test("an SRP_A that is a multiple of N, or isn't hexadecimal, is refused", arguments: ["0", "N", "2N", "xyz", ""])
  func badPublicValue(_ name: String) throws {
    let driver = try SignInDriver()
    let value =
      switch name {
      case "N": SRPGroup.n.hex
      case "2N": SRPGroup.n.adding(SRPGroup.n).hex
      default: name
      }
    #expect(try refusal { try driver.initiate("USER_SRP_AUTH", ["SRP_A": value]) }?.type == "InvalidParameterException")
  }

  @Test("a secret block is good for one sign-in")
  func secretBlockOnce() throws {
    let driver = try SignInDriver()
    let exchange = SRPClient()
    let challenge = try driver.initiate("USER_SRP_AUTH", ["SRP_A": exchange.publicA.hex])
    _ = try driver.verify(challenge, exchange)
    let again = try refusal { try driver.verify(challenge, exchange) }
    #expect(again?.type == "NotAuthorizedException")
  }

  @Test("a changed secret block is refused")
  func changedSecretBlock() throws {
    let driver = try SignInDriver()
    let exchange = SRPClient()
    let challenge = try driver.initiate("USER_SRP_AUTH", ["SRP_A": exchange.publicA.hex])
    let answer = try refusal {
      try driver.verify(challenge, exchange) { responses in
        responses["PASSWORD_CLAIM_SECRET_BLOCK"] =
          "AAAA" + (responses["PASSWORD_CLAIM_SECRET_BLOCK"] ?? "").dropFirst(4)
      }
    }
    #expect(answer == .incorrectPassword)
  }

  @Test("a secret block has to be answered before the session would end")
  func lateAnswer() throws {
    let driver = try SignInDriver()
    let exchange = SRPClient()
    let challenge = try driver.initiate("USER_SRP_AUTH", ["SRP_A": exchange.publicA.hex])
    driver.harness.clock.advance(by: 181)
    #expect(try refusal { try driver.verify(challenge, exchange) } == .incorrectPassword)
  }

  @Test(
    "a timestamp that isn't written as the protocol asks is refused by name, and counts as no wrong password",
    arguments: ["Fri Jan 15 8:00:00 UTC 2027", "Sat Jan 15 08:00:00 UTC 2027", "ti. jan. 15 08:00:00 UTC 2027", "x"])
  func badTimestamp(_ timestamp: String) throws {
    // The harness's clock stands at Fri Jan 15 08:00:00 UTC 2027.
    let driver = try SignInDriver()
    #expect(PasswordClaim.timestamp(driver.harness.clock.now) == "Fri Jan 15 08:00:00 UTC 2027")
    let exchange = SRPClient()
    let challenge = try driver.initiate("USER_SRP_AUTH", ["SRP_A": exchange.publicA.hex])
    for _ in 1...6 {
      let answer = try refusal { try driver.verify(challenge, exchange) { $0["TIMESTAMP"] = timestamp } }
      #expect(answer?.type == "InvalidParameterException")
      #expect(answer?.message.hasPrefix("TIMESTAMP format") == true)
    }
    #expect(try driver.verify(challenge, exchange)["AuthenticationResult"] != nil)
  }

  @Test("an old timestamp is a wrong password")
  func oldTimestamp() throws {
    let driver = try SignInDriver()
    let exchange = SRPClient()
    let challenge = try driver.initiate("USER_SRP_AUTH", ["SRP_A": exchange.publicA.hex])
    let answer = try refusal {
      try driver.verify(challenge, exchange) { $0["TIMESTAMP"] = "Fri Jan 15 07:00:00 UTC 2027" }
    }
    #expect(answer == .incorrectPassword)
  }

  @Test("SRP by an alias tells the real username, which the proof is made with")
  func alias() throws {
    var driver = try SignInDriver(pool: [
      "AliasAttributes": ["email"], "UsernameConfiguration": ["CaseSensitive": false],
    ])
    try driver.addUser("bob", driver.password, attributes: ["email": "bob@example.com", "email_verified": "true"])
    driver.username = "Bob@Example.com"
    #expect(try driver.claims(driver.srp())["username"] == "bob")
  }

  @Test("a disabled user is refused, and only after the password")
  func disabled() throws {
    var driver = try SignInDriver()
    try driver.harness.call("AdminDisableUser", ["UserPoolId": .string(driver.pool), "Username": "ada"])
    #expect(try refusal { try driver.srp() } == .userDisabled)
    driver.password = "Wrong-1815!"
    #expect(try refusal { try driver.srp() } == .incorrectPassword)
  }
}

import Cognito
import LocalPool
import Testing

/// Triggers as closures.
struct StubTriggers: TriggerRunner {
  let answers: [Trigger: @Sendable (TriggerEvent) throws -> [String: JSONValue]]

  func has(_ trigger: Trigger, _ pool: PoolRecord) -> Bool { answers[trigger] != nil }
  func run(_ event: TriggerEvent) throws -> [String: JSONValue]? { try answers[event.trigger]?(event) }
}

@Suite("triggers in a sign-in")
struct CustomAuthTests {
  /// Asks for the answer "42", after SRP if the client begins with it; three wrong answers end it.
  static let riddle = StubTriggers(answers: [
    .defineAuthChallenge: { event in
      let session = event.request["session"]?.array ?? []
      if session.last?["challengeName"] == "SRP_A" { return ["challengeName": "PASSWORD_VERIFIER"] }
      if session.last?["challengeName"] == "CUSTOM_CHALLENGE", session.last?["challengeResult"] == true {
        return ["issueTokens": true]
      }
      if session.count >= 3 { return ["failAuthentication": true] }
      return ["challengeName": "CUSTOM_CHALLENGE"]
    },
    .createAuthChallenge: { _ in
      [
        "publicChallengeParameters": ["question": "6 x 7"], "privateChallengeParameters": ["answer": "42"],
        "challengeMetadata": "RIDDLE",
      ]
    },
    .verifyAuthChallengeResponse: { event in
      [
        "answerCorrect": .bool(
          event.request["privateChallengeParameters"]?["answer"] == event.request["challengeAnswer"])
      ]
    },
  ])

  @Test("the pool's triggers ask, and decide when it is enough")
  func custom() throws {
    let driver = try SignInDriver(triggers: Self.riddle)
    let first = try driver.initiate("CUSTOM_AUTH")
    #expect(first["ChallengeName"] == "CUSTOM_CHALLENGE")
    #expect(first["ChallengeParameters"]?["question"] == "6 x 7")
    #expect(first["ChallengeParameters"]?["answer"] == nil)
    let second = try driver.respond("CUSTOM_CHALLENGE", ["ANSWER": "41"], session: first)
    #expect(second["ChallengeName"] == "CUSTOM_CHALLENGE")
    #expect(try driver.respond("CUSTOM_CHALLENGE", ["ANSWER": "42"], session: second)["AuthenticationResult"] != nil)
  }

  @Test("three wrong answers fail the sign-in")
  func customFails() throws {
    let driver = try SignInDriver(triggers: Self.riddle)
    var challenge = try driver.initiate("CUSTOM_AUTH")
    for _ in 0..<2 { challenge = try driver.respond("CUSTOM_CHALLENGE", ["ANSWER": "0"], session: challenge) }
    #expect(
      try refusal { try driver.respond("CUSTOM_CHALLENGE", ["ANSWER": "0"], session: challenge) } == .incorrectPassword)
  }

  @Test("a custom sign-in can begin with SRP")
  func customWithSRP() throws {
    let driver = try SignInDriver(triggers: Self.riddle)
    let challenge = try driver.srp(flow: "CUSTOM_AUTH", extra: ["CHALLENGE_NAME": "SRP_A"])
    #expect(challenge["ChallengeName"] == "CUSTOM_CHALLENGE")
    #expect(try driver.respond("CUSTOM_CHALLENGE", ["ANSWER": "42"], session: challenge)["AuthenticationResult"] != nil)
  }

  @Test("without the triggers a custom sign-in is refused")
  func notConfigured() throws {
    #expect(try refusal { try SignInDriver().initiate("CUSTOM_AUTH") }?.type == "InvalidParameterException")
  }

  @Test("PreTokenGeneration adds, overrides and suppresses claims, but not those that say whose token it is")
  func claims() throws {
    let triggers = StubTriggers(answers: [
      .preTokenGeneration: { event in
        [
          "claimsAndScopeOverrideDetails": [
            "idTokenGeneration": ["claimsToAddOrOverride": ["team": "engines", "sub": "somebody else"]],
            "accessTokenGeneration": [
              "claimsToAddOrOverride": ["tenant": 7], "scopesToAdd": ["engines/read"],
            ],
            "groupOverrideDetails": ["groupsToOverride": ["analysts"]],
          ]
        ]
      }
    ])
    let driver = try SignInDriver(triggers: triggers)
    let answer = try driver.srp()
    let (id, access) = (try driver.claims(answer, "IdToken"), try driver.claims(answer))
    #expect(id["team"] == "engines")
    #expect(id["sub"] == access["sub"])
    #expect(access["tenant"] == 7)
    #expect(access["scope"] == "aws.cognito.signin.user.admin engines/read")
    #expect(access["cognito:groups"] == ["analysts"])
  }

  @Test("PreAuthentication can refuse, and UserMigration can bring a user in")
  func others() throws {
    let refusing = StubTriggers(answers: [
      .preAuthentication: { _ in
        throw PoolException("UserLambdaValidationException", "PreAuthentication failed with error not today.")
      }
    ])
    #expect(try refusal { try SignInDriver(triggers: refusing).srp() }?.type == "UserLambdaValidationException")
    let migrating = StubTriggers(answers: [
      .userMigration: { event in
        guard event.request["password"] == "Old-password-1" else { return [:] }
        return [
          "userAttributes": ["email": "old@example.com", "email_verified": "true"], "finalUserStatus": "CONFIRMED",
        ]
      }
    ])
    var driver = try SignInDriver(triggers: migrating)
    driver.username = "old"
    driver.password = "Old-password-1"
    #expect(try driver.claims(driver.byPassword(), "IdToken")["email"] == "old@example.com")
    #expect(try driver.srp()["AuthenticationResult"] != nil)
    driver.username = "stranger"
    #expect(try refusal { try driver.byPassword("x") } == .userNotFound)
  }
}

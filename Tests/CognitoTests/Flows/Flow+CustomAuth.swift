import Cognito
import LocalPool
import Testing

/// CUSTOM_AUTH: the pool's own code asks.
extension Flow {
  private static let noTriggers = "answers CUSTOM_AUTH with nothing"

  /// Wants "42" for an answer, after the password if the client begins with SRP; two wrong answers end it.
  private static let riddle: FlowTriggers.Answers = [
    .defineAuthChallenge: { event in
      let session = event["request"]?["session"]?.array ?? []
      let last = session.last
      if last?["challengeName"]?.string == "SRP_A" { return ["challengeName": "PASSWORD_VERIFIER"] }
      if last?["challengeName"]?.string == "CUSTOM_CHALLENGE", last?["challengeResult"]?.bool == true {
        return ["issueTokens": true]
      }
      let wrong = session.count { $0["challengeResult"]?.bool == false }
      return wrong >= 2 ? ["failAuthentication": true] : ["challengeName": "CUSTOM_CHALLENGE"]
    },
    .createAuthChallenge: { event in
      [
        "publicChallengeParameters": ["question": "6 x 7"], "privateChallengeParameters": ["answer": "42"],
        "challengeMetadata": "RIDDLE",
      ]
    },
    .verifyAuthChallengeResponse: { event in
      let request = event["request"]
      return [
        "answerCorrect": .bool(request?["privateChallengeParameters"]?["answer"] == request?["challengeAnswer"])
      ]
    },
  ]

  private static func question(_ step: SignInStep) throws -> String? {
    guard case .customChallenge(let parameters) = step else { throw UnexpectedStep(step: "\(step)") }
    return parameters["question"]
  }

  static let customAuth: [Flow] = [
    Flow("CUSTOM_AUTH: the pool's triggers ask", motoLacks: noTriggers, triggers: riddle) { target in
      try await target.makeUser()
      let client = try await target.client(hasSecret: true)
      let signIn = client.signIn("ada")
      #expect(try question(await signIn.start(.custom())) == "6 x 7")
      // A wrong answer is not an error: the triggers ask again.
      #expect(try question(await signIn.respond(.custom("41"))) == "6 x 7")
      #expect(try await signIn.respond(.custom("42")).finished().tokens.username == "ada")
      let failing = client.signIn("ada")
      _ = try await failing.start(.custom())
      _ = try await failing.respond(.custom("1"))
      await #expect(throws: CognitoError(.notAuthorized, "")) { try await failing.respond(.custom("2")) }
    },
    Flow("CUSTOM_AUTH: SRP first, then the triggers", motoLacks: noTriggers, triggers: riddle) { target in
      try await target.makeUser()
      let client = try await target.client(hasSecret: true)
      let signIn = client.signIn("ada")
      #expect(try question(await signIn.start(.custom(password: FlowTarget.password))) == "6 x 7")
      #expect(try await signIn.respond(.custom("42")).finished().tokens.username == "ada")
      await #expect(throws: CognitoError(.notAuthorized, "")) {
        try await client.signIn("ada").start(.custom(password: Secret(utf8: "Wrong-Horse-1")))
      }
    },
    Flow(
      "CUSTOM_AUTH: a remembered device is asked last", motoLacks: noTriggers,
      pool: ["DeviceConfiguration": ["ChallengeRequiredOnNewDevice": true, "DeviceOnlyRememberedOnUserPrompt": false]],
      triggers: riddle
    ) { target in
      try await target.makeUser()
      let client = try await target.client()
      let first = try await client.signIn("ada").start(.srp(password: FlowTarget.password)).finished()
      let device = try await client.user(first.tokens).confirm(#require(first.newDevice), name: "laptop").device
      let signIn = client.signIn("ada", device: device)
      _ = try question(await signIn.start(.custom()))
      let result = try await signIn.respond(.custom("42")).finished()
      #expect(result.tokens.deviceKey == device.key)
      #expect(result.newDevice == nil)
      #expect(try target.requests("RespondToAuthChallenge") == 4)
    },
  ]
}

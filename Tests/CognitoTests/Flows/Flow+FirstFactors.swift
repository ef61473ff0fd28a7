import Cognito
import TestSupport
import Testing

/// USER_AUTH: the user chooses how to begin.
extension Flow {
  private static let noUserAuth = "no USER_AUTH"
  private static let wrong = Secret(utf8: "Wrong-Horse-1")

  private static func allowing(_ factors: JSONValue) -> JSONValue {
    ["Policies": ["SignInPolicy": ["AllowedFirstAuthFactors": factors]], "AutoVerifiedAttributes": ["email"]]
  }

  private static func client(_ target: FlowTarget) async throws -> UserPoolClient {
    try await target.client { $0.authFlows = ["ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] }
  }

  private static func choices(_ step: SignInStep) throws -> Set<FirstFactor> {
    guard case .selectFirstFactor(let factors) = step else { throw UnexpectedStep(step: "\(step)") }
    return Set(factors)
  }

  private static func expectPassword(_ step: SignInStep) throws {
    guard case .password = step else { throw UnexpectedStep(step: "\(step)") }
  }

  static let firstFactors: [Flow] = [
    Flow("USER_AUTH: choose to send the password (SELECT_CHALLENGE, PASSWORD)", motoLacks: noUserAuth) { target in
      try await target.makeUser()
      let signIn = try await client(target).signIn("ada")
      #expect(try choices(await signIn.start(.choice())) == [.password, .passwordSRP])
      try expectPassword(await signIn.respond(.firstFactor(.password)))
      await #expect(throws: CognitoError(.notAuthorized, "")) { try await signIn.respond(.password(wrong)) }
      // Choosing again asks again: the wrong password is not sent a second time.
      try expectPassword(await signIn.respond(.firstFactor(.password)))
      #expect(try await signIn.respond(.password(FlowTarget.password)).finished().tokens.username == "ada")
    },
    Flow("USER_AUTH: choose SRP (SELECT_CHALLENGE, PASSWORD_SRP)", motoLacks: noUserAuth) { target in
      try await target.makeUser()
      let client = try await client(target)
      let signIn = client.signIn("ada")
      _ = try choices(await signIn.start(.choice()))
      try expectPassword(await signIn.respond(.firstFactor(.passwordSRP)))
      #expect(try await signIn.respond(.password(FlowTarget.password)).finished().tokens.username == "ada")
      let other = client.signIn("ada")
      _ = try choices(await other.start(.choice(password: wrong)))
      await #expect(throws: CognitoError(.notAuthorized, "")) { try await other.respond(.firstFactor(.passwordSRP)) }
    },
    Flow("USER_AUTH: prefer a password factor (PREFERRED_CHALLENGE)", motoLacks: noUserAuth) { target in
      try await target.makeUser()
      let client = try await client(target)
      for factor in [FirstFactor.password, .passwordSRP] {
        let atOnce = client.signIn("ada")
        let step = try await atOnce.start(.choice(preferred: factor, password: FlowTarget.password))
        #expect(try step.finished().tokens.username == "ada")
        // Without the password it is asked for, and can be typed again.
        let asking = client.signIn("ada")
        try expectPassword(await asking.start(.choice(preferred: factor)))
        await #expect(throws: CognitoError(.notAuthorized, "")) { try await asking.respond(.password(wrong)) }
        #expect(try await asking.respond(.password(FlowTarget.password)).finished().tokens.username == "ada")
      }
    },
    Flow(
      "USER_AUTH: a code by e-mail, chosen or preferred (EMAIL_OTP)", motoLacks: noUserAuth,
      pool: allowing(["PASSWORD", "EMAIL_OTP"])
    ) { target in
      try await target.makeUser()
      let client = try await client(target)
      let signIn = client.signIn("ada")
      #expect(try choices(await signIn.start(.choice())).contains(.emailOTP))
      let delivery = try await signIn.respond(.firstFactor(.emailOTP)).delivery()
      #expect(delivery.medium == .email)
      #expect(delivery.destination != "ada@example.com")
      await #expect(throws: CognitoError(.codeMismatch, "")) { try await signIn.respond(.code("00000000")) }
      let code = try target.lastCode()
      #expect(try await signIn.respond(.code(code)).finished().tokens.username == "ada")
      let preferred = client.signIn("ada")
      #expect(try await preferred.start(.choice(preferred: .emailOTP)).delivery().medium == .email)
      // The last sign-in's code is of no use.
      await #expect(throws: CognitoError(.codeMismatch, "")) { try await preferred.respond(.code(code)) }
      #expect(try await preferred.respond(.code(target.lastCode())).finished().tokens.username == "ada")
      #expect(try target.destinations().allSatisfy { $0 == "ada@example.com" })
    },
    Flow(
      "USER_AUTH: a code by text message, chosen or preferred (SMS_OTP)", motoLacks: noUserAuth,
      pool: allowing(["PASSWORD", "SMS_OTP"])
    ) { target in
      try await target.makeUser(attributes: [.phoneNumber: "+46701234567"])
      let client = try await client(target)
      let signIn = client.signIn("ada")
      #expect(try choices(await signIn.start(.choice())).contains(.smsOTP))
      #expect(try await signIn.respond(.firstFactor(.smsOTP)).delivery().medium == .sms)
      await #expect(throws: CognitoError(.codeMismatch, "")) { try await signIn.respond(.code("00000000")) }
      #expect(try await signIn.respond(.code(target.lastCode())).finished().tokens.username == "ada")
      let preferred = client.signIn("ada")
      #expect(try await preferred.start(.choice(preferred: .smsOTP)).delivery().medium == .sms)
      // A code that comes too late leads nowhere.
      try target.advance(by: 4 * 60)
      await #expect(throws: CognitoError(.notAuthorized, "")) {
        try await preferred.respond(.code(target.lastCode()))
      }
      #expect(try target.destinations().allSatisfy { $0 == "+46701234567" })
    },
    Flow(
      "USER_AUTH: a factor that the user doesn't have is not taken", motoLacks: noUserAuth,
      pool: allowing(["PASSWORD", "SMS_OTP"])
    ) { target in
      try await target.makeUser()
      let signIn = try await client(target).signIn("ada")
      #expect(try choices(await signIn.start(.choice(preferred: .smsOTP))) == [.password, .passwordSRP])
      await #expect(throws: CognitoError(.invalidParameter, "")) { try await signIn.respond(.firstFactor(.smsOTP)) }
    },
    Flow(
      "USER_AUTH: sign in straight after signing up", motoLacks: "no USER_AUTH, no session of a sign-up",
      pool: allowing(["PASSWORD"])
    ) { target in
      let client = try await client(target)
      let signedUp = try await client.signUp(
        username: "grace", password: FlowTarget.password, attributes: [.email: "grace@example.com"])
      let begun = try #require(signedUp.session)
      // Before the code is confirmed the session is worth nothing.
      await #expect(throws: CognitoError.self) { try await client.signIn("grace").start(.choice(session: begun)) }
      let session = try #require(
        try await client.confirmSignUp(username: "grace", code: target.lastCode(), session: begun))
      try await target.makeUser()
      await #expect(throws: CognitoError(.notAuthorized, "")) {
        try await client.signIn("ada").start(.choice(session: session))
      }
      let tokens = try await client.signIn("grace").start(.choice(session: session)).finished().tokens
      #expect(tokens.subject == signedUp.sub)
      await #expect(throws: CognitoError(.notAuthorized, "")) {
        try await client.signIn("grace").start(.choice(session: session))
      }
    },
  ]
}

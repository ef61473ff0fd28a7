import Cognito
import FoundationEssentials
import TestSupport
import Testing

extension Flow {
  private static let failsWithMFAOn = "gives no answer to a sign-in when a second factor is a must"

  private static func start(_ client: UserPoolClient) async throws -> (SignIn, SignInStep) {
    let signIn = client.signIn("ada")
    return (signIn, try await signIn.start(.srp(password: FlowTarget.password)))
  }

  private static func expectSoftwareToken(_ step: SignInStep) throws {
    #expect(try step.code().factor == .softwareToken)
  }

  /// Sets an authenticator app up for a signed-in user.
  private static func authenticator(_ user: SignedInUser, _ target: FlowTarget) async throws -> TOTP {
    let setup = try await user.associateSoftwareToken(issuer: "flow", account: "ada")
    let totp = try #require(TOTP(base32: setup.secret.revealed() ?? ""))
    try await user.verifySoftwareToken(code: totp.code(unixSeconds: now(target)))
    return totp
  }

  private static func now(_ target: FlowTarget) -> Int64 { Int64(target.clock.now.timeIntervalSince1970) }

  static let secondFactors: [Flow] = [
    Flow("a code by text message as second factor (SMS_MFA)", motoLacks: "doesn't tell where the code went") { target in
      try await target.setMFA("OPTIONAL", [.sms])
      try await target.makeUser(attributes: [.phoneNumber: "+46701234567"])
      try await target.administrator.setMFA(MFAPreferences(sms: .preferred), of: "ada")
      let client = try await target.client(hasSecret: true)
      let (signIn, step) = try await start(client)
      #expect(try step.delivery().medium == .sms)
      await #expect(throws: CognitoError(.codeMismatch, "")) { try await signIn.respond(.code("00000000")) }
      #expect(try await signIn.respond(.code(target.lastCode())).finished().tokens.username == "ada")
      // A second use of the same session.
      await #expect(throws: CognitoError(.unexpectedAnswer, "")) { try await signIn.respond(.code("00000000")) }
    },
    Flow("a code by e-mail as second factor (EMAIL_OTP)", motoLacks: "asks for no code by e-mail") { target in
      try await target.setMFA("OPTIONAL", [.email])
      try await target.makeUser()
      let client = try await target.client()
      let user = client.user(try await target.signedIn(client))
      try await user.setMFA(MFAPreferences(email: .preferred))
      #expect(try await user.details().preferredMFA == .email)
      let (signIn, step) = try await start(client)
      #expect(try step.delivery().medium == .email)
      await #expect(throws: CognitoError(.codeMismatch, "")) { try await signIn.respond(.code("00000000")) }
      #expect(try await signIn.respond(.code(" " + target.lastCode() + "\n")).finished().tokens.username == "ada")
    },
    Flow("choose among second factors (SELECT_MFA_TYPE)", motoLacks: "doesn't let the user choose") { target in
      try await target.setMFA("OPTIONAL", [.sms, .softwareToken, .email])
      try await target.makeUser(attributes: [.phoneNumber: "+46701234567"])
      let client = try await target.client()
      let user = client.user(try await target.signedIn(client))
      let totp = try await authenticator(user, target)
      // Several factors, none preferred.
      try await user.setMFA(MFAPreferences(sms: .on, softwareToken: .on))
      let (signIn, step) = try await start(client)
      guard case .selectMFA(let factors) = step else { throw UnexpectedStep(step: "\(step)") }
      #expect(Set(factors) == [.sms, .softwareToken])
      await #expect(throws: CognitoError(.invalidParameter, "")) { try await signIn.respond(.factor(.email)) }
      try expectSoftwareToken(await signIn.respond(.factor(.softwareToken)))
      let code = totp.code(unixSeconds: now(target) + TOTP.periodSeconds)
      #expect(try await signIn.respond(.code(code)).finished().tokens.username == "ada")
      let (other, _) = try await start(client)
      #expect(try await other.respond(.factor(.sms)).delivery().medium == .sms)
      #expect(try await other.respond(.code(target.lastCode())).finished().tokens.username == "ada")
    },
    Flow("an authenticator app is set up on the way (MFA_SETUP)", motoLacks: failsWithMFAOn) { target in
      try await target.setMFA("ON", [.softwareToken])
      try await target.makeUser()
      let client = try await target.client(hasSecret: true)
      let (signIn, step) = try await start(client)
      guard case .setUpSoftwareToken(let setup) = step else { throw UnexpectedStep(step: "\(step)") }
      #expect(setup.url.hasPrefix("otpauth://totp/"))
      let totp = try #require(TOTP(base32: setup.secret.revealed() ?? ""))
      await #expect(throws: CognitoError(.enableSoftwareTokenMFA, "")) { try await signIn.respond(.code("000000")) }
      let done = try await signIn.respond(.code(totp.code(unixSeconds: now(target)))).finished()
      #expect(done.tokens.username == "ada")
      let (next, asked) = try await start(client)
      try expectSoftwareToken(asked)
      let code = totp.code(unixSeconds: now(target) + TOTP.periodSeconds)
      #expect(try await next.respond(.code(code)).finished().tokens.username == "ada")
    },
    Flow("e-mail is set up as second factor on the way (MFA_SETUP)", motoLacks: failsWithMFAOn) {
      target in
      try await target.setMFA("ON", [.softwareToken, .email])
      try await target.makeUser(attributes: [:])
      let client = try await target.client()
      let (signIn, step) = try await start(client)
      guard case .setUpMFA(let factors) = step else { throw UnexpectedStep(step: "\(step)") }
      #expect(Set(factors) == [.softwareToken, .email])
      await #expect(throws: CognitoError(.invalidParameter, "")) { try await signIn.respond(.email("no address")) }
      #expect(try await signIn.respond(.email("ada@example.com")).delivery().medium == .email)
      await #expect(throws: CognitoError(.codeMismatch, "")) { try await signIn.respond(.code("00000000")) }
      let tokens = try await signIn.respond(.code(target.lastCode())).finished().tokens
      #expect(try await client.user(tokens).details().attributes.isEmailVerified)
      let (next, asked) = try await start(client)
      #expect(try asked.delivery().medium == .email)
      #expect(try await next.respond(.code(target.lastCode())).finished().tokens.username == "ada")
    },
    Flow("a server signs in, and is asked for a new password and a code", motoLacks: failsWithMFAOn) { target in
      try await target.setMFA("ON", [.sms])
      try await target.administrator.createUser(
        NewUser(
          username: "ada", attributes: [.phoneNumber: "+46701234567", .phoneNumberVerified: "true"],
          temporaryPassword: FlowTarget.password, invitation: .suppress))
      let client = try await target.client(hasSecret: true)
      let signIn = client.signIn("ada")
      let step = try await signIn.start(.adminPassword(FlowTarget.password))
      guard case .newPasswordRequired = step else { throw UnexpectedStep(step: "\(step)") }
      #expect(
        try await signIn.respond(.newPassword(Secret(utf8: "Another-Horse-2"))).delivery().medium == .sms)
      await #expect(throws: CognitoError(.codeMismatch, "")) { try await signIn.respond(.code("00000000")) }
      #expect(try await signIn.respond(.code(target.lastCode())).finished().tokens.username == "ada")
      #expect(try target.requests("AdminRespondToAuthChallenge") == 3)
      #expect(try target.requests("RespondToAuthChallenge") == 3)
      await #expect(throws: CognitoError(.notAuthorized, "")) {
        try await client.signIn("ada").start(.adminPassword(Secret(utf8: "Wrong-Horse-1")))
      }
    },
  ]
}

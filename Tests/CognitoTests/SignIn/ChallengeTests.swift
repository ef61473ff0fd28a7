import Cognito
import FoundationEssentials
import TestSupport
import Testing

private let password = Secret(utf8: FakePool.password)

/// Starts by SRP against a pool that asks this after the password.
private func begin(
  _ script: FakePool.Challenge..., secret: String? = nil, method: SignInMethod = .srp(password: password)
) async throws -> (FakePool, SignIn, SignInStep) {
  let pool = FakePool(script: script, clientSecret: secret)
  let signIn = try pool.client().signIn("alice")
  return (pool, signIn, try await signIn.start(method))
}

@Suite("Challenges")
struct ChallengeTests {
  @Test(
    "codes go under their own names, with the pool's name for the user",
    arguments: [
      ("SOFTWARE_TOKEN_MFA", "SOFTWARE_TOKEN_MFA_CODE"), ("SMS_MFA", "SMS_MFA_CODE"),
      ("EMAIL_OTP", "EMAIL_OTP_CODE"), ("SMS_OTP", "SMS_OTP_CODE"),
    ])
  func codes(_ challenge: String, _ response: String) async throws {
    let (pool, signIn, step) = try await begin(
      .init(challenge, ["CODE_DELIVERY_DESTINATION": "a***", "CODE_DELIVERY_DELIVERY_MEDIUM": "SMS"]) {
        $0[response] == "123456"
      }, secret: "hush")
    let request = try step.code()
    #expect(request.challenge == challenge)
    #expect(request.factor.rawValue == (challenge == "SMS_OTP" ? "SMS_MFA" : challenge))
    #expect(request.delivery?.destination == (request.factor == .softwareToken ? nil : "a***"))
    // A wrong code leaves the machine where it was.
    await #expect(throws: CognitoError(.codeMismatch, "")) { try await signIn.respond(.code("000000")) }
    _ = try finished(try await signIn.respond(.code(" 123 456\n")))
    #expect(pool.calls.last?.texts["USERNAME"] == FakePool.username)
    #expect(pool.calls.last?.texts["SECRET_HASH"] != nil)
  }

  @Test("a new password is set, with the attributes that are required")
  func newPassword() async throws {
    let (pool, signIn, step) = try await begin(
      .init(
        "NEW_PASSWORD_REQUIRED",
        [
          "requiredAttributes": #"["userAttributes.email","userAttributes.custom:team"]"#,
          "userAttributes": #"{"email":"","phone_number":"+46"}"#,
        ]
      ) { $0["NEW_PASSWORD"] == "New pass 1!" })
    guard case .newPasswordRequired(let request) = step else {
      Issue.record("\(step)")
      return
    }
    #expect(request.requiredAttributes == ["email", "custom:team"])
    #expect(request.attributes["phone_number"] == "+46")
    _ = try finished(
      try await signIn.respond(.newPassword(Secret(utf8: "New pass 1!"), attributes: ["email": "a@b.c"])))
    #expect(pool.calls.last?.texts["userAttributes.email"] == "a@b.c")
  }

  @Test("a second factor is chosen")
  func selectMFA() async throws {
    let (_, signIn, step) = try await begin(
      .init("SELECT_MFA_TYPE", ["MFAS_CAN_CHOOSE": #"["SMS_MFA","SOFTWARE_TOKEN_MFA"]"#]) {
        $0["ANSWER"] == "SOFTWARE_TOKEN_MFA"
      }, .init("SOFTWARE_TOKEN_MFA"))
    guard case .selectMFA([.sms, .softwareToken]) = step else { throw UnexpectedStep(step: "\(step)") }
    #expect(try await signIn.respond(.factor(.softwareToken)).code().factor == .softwareToken)
    _ = try finished(try await signIn.respond(.code("1")))
  }

  @Test("an authenticator app is set up on the way; a wrong first code can be repeated")
  func setUpToken() async throws {
    let (pool, signIn, step) = try await begin(.init("MFA_SETUP", ["MFAS_CAN_SETUP": #"["SOFTWARE_TOKEN_MFA"]"#]))
    guard case .setUpSoftwareToken(let setup) = step else {
      Issue.record("\(step)")
      return
    }
    #expect(setup.secret.revealed() == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
    #expect(
      setup.url
        == "otpauth://totp/TestPool1:alice?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=TestPool1")
    await #expect(throws: CognitoError(.enableSoftwareTokenMFA, "")) { try await signIn.respond(.code("000000")) }
    _ = try finished(try await signIn.respond(.code("287082")))
    #expect(
      pool.calls.map(\.operation).suffix(4) == [
        "AssociateSoftwareToken", "VerifySoftwareToken", "VerifySoftwareToken", "RespondToAuthChallenge",
      ])
  }

  @Test("e-mail is set up as second factor when there is a choice")
  func setUpEmail() async throws {
    let (_, signIn, step) = try await begin(
      .init("MFA_SETUP", ["MFAS_CAN_SETUP": #"["SOFTWARE_TOKEN_MFA","EMAIL_OTP"]"#]) { $0["EMAIL"] == "a@b.c" },
      .init("EMAIL_OTP"))
    guard case .setUpMFA([.softwareToken, .email]) = step else { throw UnexpectedStep(step: "\(step)") }
    #expect(try await signIn.respond(.email("a@b.c")).code().factor == .email)
    _ = try finished(try await signIn.respond(.code("1")))
  }

  @Test("custom challenges, without and after SRP", arguments: [nil, password])
  func custom(_ secret: Secret?) async throws {
    let (pool, signIn, step) = try await begin(
      .init("CUSTOM_CHALLENGE", ["question": "2+2"]) { $0["ANSWER"] == "4" }, method: .custom(password: secret))
    guard case .customChallenge(let parameters) = step else {
      Issue.record("\(step)")
      return
    }
    #expect(parameters["question"] == "2+2")
    _ = try finished(try await signIn.respond(.custom("4")))
    #expect(pool.calls[0].body["AuthFlow"]?.string == "CUSTOM_AUTH")
    #expect(pool.calls[0].texts["CHALLENGE_NAME"] == (secret == nil ? nil : "SRP_A"))
    #expect(pool.calls.count == (secret == nil ? 2 : 3))
  }

  @Test("the first factor is chosen: the password by SRP is asked for only then")
  func chooseSRP() async throws {
    let (pool, signIn, step) = try await begin(
      .init("SELECT_CHALLENGE", available: ["PASSWORD_SRP", "EMAIL_OTP", "NEW_THING"]), method: .choice())
    guard case .selectFirstFactor([.passwordSRP, .emailOTP, FirstFactor(rawValue: "NEW_THING")]) = step,
      case .password = try await signIn.respond(.firstFactor(.passwordSRP))
    else {
      Issue.record("\(step)")
      return
    }
    _ = try finished(try await signIn.respond(.password(password)))
    #expect(!pool.calls.contains { $0.texts["PASSWORD"] != nil })
  }

  @Test("the first factor is chosen: the password itself, a code")
  func choosePlain() async throws {
    let (pool, signIn, _) = try await begin(
      .init("SELECT_CHALLENGE") { $0["ANSWER"] == "PASSWORD" && $0["PASSWORD"] == FakePool.password },
      method: .choice(password: password))
    _ = try finished(try await signIn.respond(.firstFactor(.password)))
    #expect(pool.calls.count == 2)

    let (_, other, _) = try await begin(
      .init("SELECT_CHALLENGE") { $0["ANSWER"] == "EMAIL_OTP" }, .init("EMAIL_OTP"), method: .choice())
    #expect(try await other.respond(.firstFactor(.emailOTP)).code().factor == .email)
  }

  @Test("a preferred factor is used at once")
  func preferred() async throws {
    let (pool, _, step) = try await begin(method: .choice(preferred: .passwordSRP, password: password))
    _ = try finished(step)
    #expect(pool.calls[0].texts["PREFERRED_CHALLENGE"] == "PASSWORD_SRP")
    #expect(pool.calls[0].texts["SRP_A"] != nil)
    let (other, _, last) = try await begin(method: .choice(preferred: .password, password: password))
    _ = try finished(last)
    #expect(other.calls[0].texts["PASSWORD"] == FakePool.password)
  }

  @Test("a pool that asks for the password where its proof was offered doesn't get it unasked")
  func downgrade() async throws {
    let (pool, _, step) = try await begin(
      .init("PASSWORD"), method: .choice(preferred: .passwordSRP, password: password))
    guard case .password = step else {
      Issue.record("\(step)")
      return
    }
    #expect(!pool.calls.contains { $0.texts["PASSWORD"] != nil })
  }

  @Test("the password as a challenge of its own, sent and by SRP", arguments: ["PASSWORD", "PASSWORD_SRP"])
  func passwordChallenge(_ name: String) async throws {
    let (pool, signIn, step) = try await begin(
      .init(name) { $0["PASSWORD"] == FakePool.password }, method: .choice())
    guard case .password = step else {
      Issue.record("\(step)")
      return
    }
    _ = try finished(try await signIn.respond(.password(password)))
    #expect(pool.calls.contains { $0.texts["PASSWORD"] != nil } == (name == "PASSWORD"))
  }

  @Test("a session from a confirmed sign-up goes with the first request")
  func signUpSession() async throws {
    let (pool, _, _) = try await begin(method: .choice(session: "from-sign-up"))
    #expect(pool.calls[0].body["Session"]?.string == "from-sign-up")
  }

  @Test("a passkey's options come out, its credential goes in")
  func webAuthn() async throws {
    let (_, signIn, step) = try await begin(
      .init("WEB_AUTHN", ["CREDENTIAL_REQUEST_OPTIONS": #"{"challenge":"abc"}"#]) {
        $0["CREDENTIAL"] == #"{"id":"x"}"#
      }, method: .choice(preferred: .webAuthn))
    guard case .webAuthn(let options) = step else {
      Issue.record("\(step)")
      return
    }
    #expect(options["challenge"]?.string == "abc")
    _ = try finished(try await signIn.respond(.credential(["id": "x"])))
  }

  @Test("an unknown challenge is a value, and can be answered")
  func unknown() async throws {
    let (_, signIn, step) = try await begin(.init("IRIS_SCAN", ["EYE": "left"]) { $0["IRIS"] == "ok" })
    guard case .unknown(let challenge) = step else {
      Issue.record("\(step)")
      return
    }
    #expect(challenge.name == "IRIS_SCAN")
    #expect(challenge.parameters["EYE"] == "left")
    _ = try finished(try await signIn.respond(.responses(["IRIS": "ok"])))
  }

  @Test("an answer that doesn't fit is refused before anything is sent")
  func mismatch() async throws {
    let (pool, signIn, _) = try await begin(.init("SOFTWARE_TOKEN_MFA"))
    let count = pool.calls.count
    for answer: SignInAnswer in [.password(password), .email("a"), .factor(.sms), .code(""), .custom("x")] {
      await #expect(throws: CognitoError.self) { try await signIn.respond(answer) }
    }
    #expect(pool.calls.count == count)
    await #expect(throws: CognitoError(.unexpectedAnswer, "")) {
      try await pool.client().signIn("alice").respond(.code("1"))
    }
  }

  @Test("two answers at a time are refused")
  func busy() async throws {
    let gate = AsyncStream<Void>.makeStream()
    let transport = ScriptedTransport { _, _ in
      for await _ in gate.stream { break }
      return HTTPResponse(status: 500)
    }
    let client = try UserPoolClient(
      pool: UserPool(id: FakePool.poolID), clientID: "c", transport: transport,
      settings: .init(retry: .never), keys: JWKS(Vectors.cognito["jwt"]?["jwks"] ?? .null))
    let signIn = client.signIn("alice")
    let first = Task { try await signIn.start(.srp(password: password)) }
    while transport.count == 0 { await Task.yield() }
    await #expect(throws: CognitoError(.unexpectedAnswer, "")) {
      try await signIn.start(.srp(password: password))
    }
    gate.continuation.yield()
    _ = await first.result
  }
}

import Cognito
import FoundationEssentials
import TestSupport
import Testing

private let password = Secret(utf8: FakePool.password)

/// The end of a sign-in that must be over.
func finished(_ step: SignInStep) throws -> SignInResult {
  guard case .done(let result) = step else {
    Issue.record("not done: \(step)")
    throw CognitoError(.unexpectedAnswer, "")
  }
  return result
}

@Suite("Sign-in with a password")
struct SignInTests {
  @Test("by SRP, with and without a client secret", arguments: [nil, "client secret"])
  func srp(_ secret: String?) async throws {
    let pool = FakePool(clientSecret: secret)
    let result = try finished(try await pool.client().signIn("alice").start(.srp(password: password)))
    #expect(result.tokens.username == FakePool.username)
    #expect(result.tokens.refreshToken == Secret(utf8: "refresh-1"))
    #expect(result.tokens.expiresAt == Date(timeIntervalSince1970: Double(FakePool.now + 3600)))
    #expect(result.newDevice == nil)
    // The password claim and its secret hash are over the pool's own name, not over what was typed.
    #expect(pool.calls.map { $0.texts["USERNAME"] } == ["alice", FakePool.username])
    #expect(!pool.calls.contains { $0.texts["PASSWORD"] != nil })
  }

  @Test("nothing keeps the password once the user is signed in")
  func forgetsPassword() async throws {
    let signIn = try FakePool(script: [.init("SOFTWARE_TOKEN_MFA")]).client().signIn("alice")
    func holdsSecret() -> Bool {
      var text = ""
      dump(signIn, to: &text)
      return text.contains("\(password)")
    }
    _ = try await signIn.start(.srp(password: password))
    #expect(holdsSecret())
    _ = try finished(try await signIn.respond(.code("123456")))
    #expect(!holdsSecret())
  }

  @Test("a wrong password is refused", arguments: ["", "correct horse 1!", "Correct horse 1! "])
  func wrong(_ wrong: String) async throws {
    let signIn = try FakePool().client().signIn("alice")
    await #expect(throws: CognitoError(.notAuthorized, "")) {
      try await signIn.start(.srp(password: Secret(utf8: wrong)))
    }
    // The same machine may start again.
    _ = try finished(try await signIn.start(.srp(password: password)))
  }

  @Test("tokens that are over when they come are this machine's clock's fault, and it is named")
  func wrongClock() async throws {
    let settings = ServiceClient.Settings(now: { Date(timeIntervalSince1970: Double(FakePool.now + 7200)) })
    let error = await #expect(throws: CognitoError(.tokenExpired, "")) {
      try await FakePool().client(settings: settings).signIn("alice").start(.password(password))
    }
    #expect(error?.message.contains("clock") == true)
  }

  @Test("each start draws a new SRP_A")
  func fresh() async throws {
    let pool = FakePool()
    let signIn = try pool.client().signIn("alice")
    _ = try await signIn.start(.srp(password: password))
    _ = try await signIn.start(.srp(password: password))
    let sent = pool.calls.compactMap { $0.texts["SRP_A"] }
    #expect(sent.count == 2)
    #expect(Set(sent).count == 2)
  }

  @Test("by sending the password")
  func plain() async throws {
    let pool = FakePool()
    _ = try finished(try await pool.client().signIn("alice").start(.password(password)))
    #expect(pool.calls.map(\.operation) == ["InitiateAuth"])
    #expect(pool.calls.first?.body["AuthFlow"]?.string == "USER_PASSWORD_AUTH")
  }

  @Test("by a server with AWS credentials, challenges included")
  func admin() async throws {
    let pool = FakePool(script: [.init("SOFTWARE_TOKEN_MFA") { $0["SOFTWARE_TOKEN_MFA_CODE"] == "123456" }])
    let credentials = AWSCredentials(accessKeyID: "AKID", secretAccessKey: Secret(utf8: "secret"))
    let signIn = try pool.client(credentials: credentials).signIn("alice")
    #expect(try await signIn.start(.adminPassword(password)).code().factor == .softwareToken)
    _ = try finished(try await signIn.respond(.code("123456")))
    #expect(pool.calls.map(\.operation) == ["AdminInitiateAuth", "AdminRespondToAuthChallenge"])
    #expect(pool.calls.allSatisfy { $0.body["UserPoolId"]?.string == FakePool.poolID })
  }

  @Test("without AWS credentials the admin flow says so before anything is sent")
  func adminWithout() async throws {
    let pool = FakePool()
    await #expect(throws: CognitoError(.credentialsNotFound, "")) {
      try await pool.client().signIn("alice").start(.adminPassword(password))
    }
    #expect(pool.calls.isEmpty)
  }

  @Test(
    "a user name that can't be is refused before anything is sent", arguments: ["", String(repeating: "a", count: 129)])
  func badName(_ name: String) async throws {
    let pool = FakePool()
    await #expect(throws: CognitoError(.invalidInput, "")) {
      try await pool.client().signIn(name).start(.srp(password: password))
    }
    #expect(pool.calls.isEmpty)
  }

  @Test("client metadata goes with every step")
  func metadata() async throws {
    let pool = FakePool()
    _ = try await pool.client().signIn("alice", metadata: ["a": "b"]).start(.srp(password: password))
    #expect(pool.calls.count == 2)
    #expect(pool.calls.allSatisfy { $0.body["ClientMetadata"]?["a"]?.string == "b" })
  }
}

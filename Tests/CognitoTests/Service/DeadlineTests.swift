import Cognito
import Synchronization
import TestSupport
import Testing

/// Notes how long each request was given, and fails.
private final class StopWatch: HTTPTransport {
  private let log = Mutex<[(operation: String, limit: Duration)]>([])
  private let code: CognitoError.Code

  init(_ code: CognitoError.Code) { self.code = code }

  func send(_ request: HTTPRequest, deadline: ContinuousClock.Instant) async throws(CognitoError) -> HTTPResponse {
    let operation = request.header("X-Amz-Target").map { String($0.drop { $0 != "." }.dropFirst()) } ?? request.url
    log.withLock { $0.append((operation, ContinuousClock.now.duration(to: deadline))) }
    throw CognitoError(code, "no answer")
  }

  var limits: [(operation: String, limit: Duration)] { log.withLock { $0 } }
}

@Suite("Deadlines")
struct DeadlineTests {
  /// Cognito gives each of a pool's Lambda functions five seconds and calls it up to three times.
  private static let coldStart = Duration.seconds(15)

  @Test(
    "an operation that may run the pool's own functions is given the time that they may take",
    arguments: [
      "InitiateAuth", "RespondToAuthChallenge", "AdminInitiateAuth", "AdminRespondToAuthChallenge", "SignUp",
      "ConfirmSignUp", "AdminConfirmSignUp", "AdminCreateUser", "ForgotPassword", "ConfirmForgotPassword",
      "ResendConfirmationCode", "GetTokensFromRefreshToken", "UpdateUserAttributes", "AdminUpdateUserAttributes",
      "AdminResetUserPassword", "GetUserAttributeVerificationCode",
    ])
  func triggers(_ operation: String) async throws {
    let watch = StopWatch(.malformedResponse)
    let service = ServiceClient(.userPools, region: "r", endpoint: "https://a.example", transport: watch)
    _ = try? await service.call(operation, [:], auth: ServiceClient.Authentication.none)
    let limit = try #require(watch.limits.first?.limit)
    #expect(limit > Self.coldStart + .seconds(2))
    #expect(limit < service.settings.timeout)
  }

  @Test("the others are not", arguments: ["GetUser", "RevokeToken", "ChangePassword", "ListDevices", "GlobalSignOut"])
  func others(_ operation: String) async throws {
    let watch = StopWatch(.malformedResponse)
    let service = ServiceClient(.userPools, region: "r", endpoint: "https://a.example", transport: watch)
    _ = try? await service.call(operation, [:], auth: ServiceClient.Authentication.none)
    #expect(try #require(watch.limits.first?.limit) <= .seconds(10))
  }

  @Test("an attempt is never given more than the call has left")
  func bounded() async throws {
    let watch = StopWatch(.network)
    var settings = ServiceClient.Settings(timeout: .seconds(3))
    settings.retry.sleep = { _ in }
    let service = ServiceClient(
      .userPools, region: "r", endpoint: "https://a.example", transport: watch, settings: settings)
    _ = try? await service.call("InitiateAuth", [:], repeatable: true)
    #expect(watch.limits.count == 4)
    #expect(watch.limits.allSatisfy { $0.limit <= .seconds(3) })
  }

  @Test(
    "after a step whose outcome nobody knows the sign-in is to be started again; after a refusal it can be answered",
    arguments: [
      (CognitoError.Code.timeout, CognitoError.Code.unexpectedAnswer), (.network, .unexpectedAnswer),
      (.codeMismatch, .codeMismatch), (.unreachable, .unreachable),
    ])
  func steps(_ first: CognitoError.Code, _ second: CognitoError.Code) async throws {
    let transport = ScriptedTransport { index, request in
      guard index == 0 else { throw CognitoError(first, "as the test says") }
      let answer: JSONValue = [
        "ChallengeName": "SOFTWARE_TOKEN_MFA", "Session": "a session of some length", "ChallengeParameters": [:],
      ]
      return HTTPResponse(status: 200, body: answer.serialized())
    }
    var settings = ServiceClient.Settings()
    settings.retry = .never
    let client = try UserPoolClient(
      pool: UserPool(id: "eu-north-1_A"), clientID: "client", transport: transport, settings: settings)
    let signIn = client.signIn("ada")
    _ = try await signIn.start(.password(Secret(utf8: "x")))
    #expect(first.leavesOutcomeOpen == (second == .unexpectedAnswer))
    await #expect(throws: CognitoError(first, "")) { try await signIn.respond(.code("123456")) }
    await #expect(throws: CognitoError(second, "")) { try await signIn.respond(.code("123456")) }
    #expect(transport.count == (first.leavesOutcomeOpen ? 2 : 3))
  }
}

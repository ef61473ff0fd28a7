import Cognito
import FoundationEssentials
import Synchronization
import TestSupport
import Testing

/// Records waits in place of waiting.
private final class Waits: Sendable {
  private let log = Mutex<[Duration]>([])
  var all: [Duration] { log.withLock { $0 } }
  func record(_ duration: Duration) { log.withLock { $0.append(duration) } }
}

private func service(
  _ waits: Waits = Waits(), random: Double = 1, now: Int64 = 1_790_000_000, timeout: Duration = .seconds(30),
  credentials: (any AWSCredentialsProvider)? = nil, transport: any HTTPTransport
) -> ServiceClient {
  var retry = RetryPolicy()
  retry.random = { random }
  retry.sleep = { waits.record($0) }
  return ServiceClient(
    .userPools, region: "eu-north-1", endpoint: "https://cognito.example", transport: transport,
    credentials: credentials,
    settings: .init(timeout: timeout, retry: retry, now: { Date(timeIntervalSince1970: Double(now)) }))
}

private func failure(
  _ body: JSONValue, _ headers: [String: String] = [:], status: Int = 400
) -> HTTPResponse {
  HTTPResponse(status: status, headers: headers, body: body.serialized())
}

private let throttled = failure(["__type": "TooManyRequestsException", "message": "Rate exceeded"])
private let ok = HTTPResponse(status: 200, body: Array("{}".utf8))

@Suite("Service calls")
struct ServiceClientTests {
  @Test("the request is the JSON protocol's, unsigned for a user's operations")
  func request() async throws {
    let transport = ScriptedTransport { _, _ in ok }
    _ = try await service(transport: transport).call("InitiateAuth", ["b": 1, "a": "x"])
    let request = try #require(transport.requests.first)
    #expect(request.method == "POST")
    #expect(request.url == "https://cognito.example/")
    #expect(request.header("content-type") == "application/x-amz-json-1.1")
    #expect(request.header("x-amz-target") == "AWSCognitoIdentityProviderService.InitiateAuth")
    #expect(request.header("authorization") == nil)
    #expect(String(decoding: request.body, as: UTF8.self) == #"{"a":"x","b":1}"#)
  }

  @Test("an administrator's operation is signed, so that the pool can verify it")
  func signed() async throws {
    let transport = ScriptedTransport { _, _ in ok }
    let credentials = AWSCredentials(
      accessKeyID: "AKID", secretAccessKey: Secret(utf8: "secret"), sessionToken: "token")
    _ = try await service(credentials: credentials, transport: transport).call("AdminGetUser", [:])
    var request = try #require(transport.requests.first)
    request.url = "/"
    let key = try SigV4(region: "eu-north-1", service: "cognito-idp")
      .verify(request, now: Date(timeIntervalSince1970: 1_790_000_000)) { _ in Secret(utf8: "secret") }
    #expect(key == "AKID")
    await #expect(throws: CognitoError(.credentialsNotFound, "")) {
      try await service(transport: transport).call("AdminGetUser", [:])
    }
  }

  @Test(
    "every error of the service has a code of its own", arguments: CognitoError.Code.exceptions)
  func everyError(_ code: CognitoError.Code) async throws {
    let transport = ScriptedTransport { _, _ in
      failure(["__type": .string(code.rawValue), "message": "words"], ["x-amzn-requestid": "r1"])
    }
    let error = await #expect(throws: CognitoError.self) { try await service(transport: transport).call("SignUp", [:]) }
    #expect(error?.code == code)
    #expect(error?.exception == code.rawValue)
    #expect(error?.message == "words")
    #expect(error?.requestID == "r1")
  }

  @Test(
    "errors are read in all the forms that servers write",
    arguments: [
      failure(["__type": "com.amazonaws#CodeMismatchException", "Message": "words"]),
      failure(["message": "words"], ["x-amzn-errortype": "CodeMismatchException:"]),
      failure(
        [:],
        ["x-amzn-errortype": "CodeMismatchException:http://internal/", "x-amzn-errormessage": "words"]),
    ])
  func forms(_ response: HTTPResponse) async throws {
    let transport = ScriptedTransport { _, _ in response }
    let error = await #expect(throws: CognitoError(.codeMismatch, "")) {
      try await service(transport: transport).call("SignUp", [:])
    }
    #expect(error?.message == "words")
  }

  @Test(
    "NotAuthorizedException is told apart by its message",
    arguments: [
      ("Incorrect username or password.", CognitoError.Code.notAuthorized),
      ("Password attempts exceeded", .passwordAttemptsExceeded), ("User is disabled.", .userDisabled),
      ("Refresh Token has expired", .refreshTokenRejected), ("Access Token has been revoked", .accessTokenRejected),
    ])
  func refined(_ message: String, _ code: CognitoError.Code) async throws {
    let transport = ScriptedTransport { _, _ in
      failure(["__type": "NotAuthorizedException", "message": .string(message)])
    }
    let error = await #expect(throws: CognitoError(code, "")) {
      try await service(transport: transport).call("SignUp", [:])
    }
    #expect(error?.exception == "NotAuthorizedException")
  }

  @Test("a new error of the service is a code by its own name")
  func unknown() async throws {
    let transport = ScriptedTransport { _, _ in failure(["__type": "BrandNewException", "message": "m"]) }
    let error = await #expect(throws: CognitoError(.init(rawValue: "BrandNewException"), "")) {
      try await service(transport: transport).call("SignUp", [:])
    }
    #expect(error?.exception == "BrandNewException")
  }

  @Test("a server that writes a name of the library's own codes says nothing about what was sent or verified")
  func ownNames() async throws {
    for code in CognitoError.Code.own {
      let transport = ScriptedTransport { _, _ in failure(["__type": .string(code.rawValue), "message": "m"]) }
      await #expect(throws: CognitoError(.malformedResponse, "")) {
        try await service(transport: transport).call("SignUp", [:])
      }
      #expect(transport.count == 1)
    }
  }

  @Test("a new error of the service with a server's status passes: what may be repeated is")
  func unknownServerError() async throws {
    for (operation, attempts) in [("GetUser", 4), ("SignUp", 1)] {
      let transport = ScriptedTransport { _, _ in failure(["__type": "BrandNewException", "message": "m"], status: 503)
      }
      await #expect(throws: CognitoError(.init(rawValue: "BrandNewException"), "")) {
        try await service(transport: transport).call(operation, [:])
      }
      #expect(transport.count == attempts)
    }
  }

  @Test("control characters of a message don't reach the terminal")
  func controls() async throws {
    let transport = ScriptedTransport { _, _ in
      failure(["__type": "NotAuthorizedException", "message": "a\u{1b}[31m\u{202e}b\n"])
    }
    let error = await #expect(throws: CognitoError.self) { try await service(transport: transport).call("SignUp", [:]) }
    #expect(error?.message == "a?[31m?b ")
  }

  @Test(
    "a wrong clock is named when a proof is refused",
    arguments: [(600, "ahead of"), (-600, "behind")] as [(Int64, String)])
  func skew(_ offset: Int64, _ word: String) async throws {
    let transport = ScriptedTransport { _, _ in
      // 1,790,000,000 seconds.
      failure(
        ["__type": "NotAuthorizedException", "message": "Incorrect username or password."],
        ["date": "Mon, 21 Sep 2026 14:13:20 GMT"])
    }
    let error = await #expect(throws: CognitoError(.notAuthorized, "")) {
      try await service(now: 1_790_000_000 + offset, transport: transport).call("RespondToAuthChallenge", [:])
    }
    #expect(error?.message.contains("10 minutes \(word)") == true)
    let right = await #expect(throws: CognitoError.self) {
      try await service(transport: transport).call("RespondToAuthChallenge", [:])
    }
    #expect(right?.message == "Incorrect username or password.")
  }

  @Test(
    "a signature that is too old or too new is an error of its own, and the clock is named",
    arguments: [(360, "6 minutes ahead of"), (-360, "6 minutes behind"), (240, nil), (-240, nil)] as [(Int64, String?)])
  func signatureSkew(_ offset: Int64, _ words: String?) async throws {
    let server: Int64 = 1_790_000_000
    // A server that checks signatures by its own clock.
    let transport = ScriptedTransport { _, request in
      var received = request
      received.url = "/"
      do {
        _ = try SigV4(region: "eu-north-1", service: "cognito-idp")
          .verify(received, now: Date(timeIntervalSince1970: Double(server))) { _ in Secret(utf8: "secret") }
        return ok
      } catch let error as CognitoError {
        return failure(
          ["__type": .string(error.code.rawValue), "message": .string(error.message)],
          ["date": "Mon, 21 Sep 2026 14:13:20 GMT"])
      }
    }
    let credentials = AWSCredentials(accessKeyID: "AKID", secretAccessKey: Secret(utf8: "secret"))
    let service = service(now: server + offset, credentials: credentials, transport: transport)
    guard let words else {
      _ = try await service.call("AdminGetUser", [:])
      return
    }
    let error = await #expect(throws: CognitoError(.invalidSignature, "")) {
      try await service.call("AdminGetUser", [:])
    }
    #expect(error?.message.contains("expired") == true)
    #expect(error?.message.contains(words) == true)
    #expect(error?.code.nextStep?.contains("clock") == true)
    #expect(transport.count == 1)
  }

  @Test(
    "answers that are not the service's are refused",
    arguments: [
      HTTPResponse(status: 200, body: Array("<html>".utf8)), HTTPResponse(status: 200, body: Array("[]".utf8)),
      HTTPResponse(status: 200, body: Array(#"{"a":1"#.utf8)), HTTPResponse(status: 200, body: [0xff, 0xfe]),
      HTTPResponse(status: 200, body: Array(String(repeating: "[", count: 5000).utf8)),
      HTTPResponse(status: 403, body: Array("blocked by the proxy".utf8)), HTTPResponse(status: 204),
      failure(["__type": "<script>", "message": "x"]),
    ])
  func notTheService(_ response: HTTPResponse) async throws {
    let transport = ScriptedTransport { _, _ in response }
    await #expect(throws: CognitoError(.malformedResponse, "")) {
      try await service(transport: transport).call("GetUser", [:])
    }
    #expect(transport.count == 1)
  }

  @Test("a redirect is an error of its own")
  func redirect() async throws {
    let transport = ScriptedTransport { _, _ in HTTPResponse(status: 307, headers: ["Location": "https://evil/"]) }
    await #expect(throws: CognitoError(.redirectRefused, "")) {
      try await service(transport: transport).call("GetUser", [:])
    }
  }
}

@Suite("Retries")
struct RetryTests {
  @Test("throttling is waited out for any call, with growing waits")
  func throttling() async throws {
    let waits = Waits()
    let transport = ScriptedTransport { index, _ in index < 3 ? throttled : ok }
    _ = try await service(waits, transport: transport).call("RespondToAuthChallenge", [:])
    #expect(transport.count == 4)
    #expect(waits.all == [.milliseconds(100), .milliseconds(200), .milliseconds(400)])
  }

  @Test("the jitter is full: from nothing to the whole wait")
  func jitter() async throws {
    let waits = Waits()
    let transport = ScriptedTransport { index, _ in index < 1 ? throttled : ok }
    _ = try await service(waits, random: 0, transport: transport).call("GetUser", [:])
    #expect(waits.all == [.zero])
  }

  @Test("after four attempts it is over")
  func over() async throws {
    let transport = ScriptedTransport { _, _ in throttled }
    await #expect(throws: CognitoError(.tooManyRequests, "")) {
      try await service(transport: transport).call("GetUser", [:])
    }
    #expect(transport.count == 4)
  }

  @Test("Retry-After is kept, unless it goes past the deadline", arguments: [(2, 2), (3000, 1)])
  func retryAfter(_ seconds: Int, _ attempts: Int) async throws {
    let waits = Waits()
    let transport = ScriptedTransport { index, _ in
      index == 0 ? failure([:], ["retry-after": "\(seconds)"], status: 429) : ok
    }
    let call = { try await service(waits, transport: transport).call("GetUser", [:]) }
    if attempts == 2 {
      _ = try await call()
      #expect(waits.all == [.seconds(2)])
    } else {
      let error = await #expect(throws: CognitoError(.tooManyRequests, "")) { _ = try await call() }
      #expect(error?.retryAfter == .seconds(seconds))
    }
    #expect(transport.count == attempts)
  }

  @Test("Retry-After may be a moment, by the server's own clock")
  func retryAfterMoment() async throws {
    let waits = Waits()
    let headers = ["retry-after": "Sun, 06 Nov 1994 08:49:40 GMT", "date": "Sun, 06 Nov 1994 08:49:37 GMT"]
    let transport = ScriptedTransport { index, _ in index == 0 ? failure([:], headers, status: 503) : ok }
    _ = try await service(waits, transport: transport).call("GetUser", [:])
    #expect(waits.all == [.seconds(3)])
  }

  @Test(
    "when it is not known what became of a call, only reads and the like are repeated",
    arguments: [
      ("GetUser", 4), ("ListDevices", 4), ("RevokeToken", 4), ("RespondToAuthChallenge", 1), ("SignUp", 1),
      ("ConfirmSignUp", 1), ("InitiateAuth", 1), ("GetTokensFromRefreshToken", 1),
      ("GetUserAttributeVerificationCode", 1), ("ChangePassword", 1),
    ], ["network", "timeout", "500", "503"])
  func repeatable(_ operation: (String, Int), _ kind: String) async throws {
    let transport = ScriptedTransport { _, _ in
      switch kind {
      case "network": throw CognitoError(.network, "")
      case "timeout": throw CognitoError(.timeout, "")
      case "500": failure(["__type": "InternalErrorException"], status: 500)
      default: failure([:], status: 503)
      }
    }
    await #expect(throws: CognitoError.self) { try await service(transport: transport).call(operation.0, [:]) }
    #expect(transport.count == operation.1)
  }

  @Test("a call that was never sent may be repeated, whatever it is")
  func unreachable() async throws {
    let transport = ScriptedTransport { index, _ in
      if index == 0 { throw CognitoError(.unreachable, "") }
      return ok
    }
    _ = try await service(transport: transport).call("SignUp", [:])
    #expect(transport.count == 2)
  }

  @Test(
    "refusals are not repeated",
    arguments: [
      "NotAuthorizedException", "LimitExceededException", "CodeMismatchException", "ResourceNotFoundException",
    ])
  func refusals(_ exception: String) async throws {
    let transport = ScriptedTransport { _, _ in failure(["__type": .string(exception)]) }
    await #expect(throws: CognitoError.self) { try await service(transport: transport).call("GetUser", [:]) }
    #expect(transport.count == 1)
  }

  @Test("a cancelled call stops waiting")
  func cancelled() async throws {
    let transport = ScriptedTransport { _, _ in throttled }
    var settings = ServiceClient.Settings()
    settings.retry.base = .seconds(3600)
    settings.retry.cap = .seconds(3600)
    settings.retry.random = { 1 }
    settings.timeout = .seconds(7200)
    let service = ServiceClient(
      .userPools, region: "r", endpoint: "https://a.example", transport: transport, settings: settings)
    let task = Task { try await service.call("GetUser", [:]) }
    while transport.count == 0 { await Task.yield() }
    task.cancel()
    await #expect(throws: CognitoError(.cancelled, "")) { try await task.value }
  }
}

@Suite("User pool settings")
struct UserPoolTests {
  @Test("what isn't given follows from the id")
  func defaults() throws {
    let pool = try UserPool(id: "eu-north-1_AbC")
    #expect(pool.endpoint == "https://cognito-idp.eu-north-1.amazonaws.com")
    #expect(pool.issuer == "https://cognito-idp.eu-north-1.amazonaws.com/eu-north-1_AbC")
    #expect(pool.keysURL == pool.issuer + "/.well-known/jwks.json")
    #expect(pool.name == "AbC")
    #expect(try UserPool(id: "cn-north-1_a").endpoint.hasSuffix(".amazonaws.com.cn"))
  }

  @Test("an endpoint of one's own is the issuer too, a VPC endpoint is not")
  func endpoints() throws {
    let local = try UserPool(id: "local_a", endpoint: "http://127.0.0.1:9229/")
    #expect(local.issuer == "http://127.0.0.1:9229/local_a")
    #expect(local.keysURL == "http://127.0.0.1:9229/local_a/.well-known/jwks.json")
    let vpc = try UserPool(id: "eu-north-1_a", endpoint: "https://vpce-1.cognito-idp.eu-north-1.vpce.amazonaws.com")
    #expect(vpc.issuer == "https://cognito-idp.eu-north-1.amazonaws.com/eu-north-1_a")
  }

  @Test("what can't be a pool is refused", arguments: ["", "x", "_a", "a_", "a b_c", "eu-north-1_é", "a/_b"])
  func refused(_ id: String) {
    #expect(throws: CognitoError(.invalidConfiguration, "")) { try UserPool(id: id) }
  }

  @Test("plain http to another machine is refused")
  func insecure() {
    #expect(throws: CognitoError(.insecureEndpoint, "")) { try UserPool(id: "a_b", endpoint: "http://example.com") }
  }
}

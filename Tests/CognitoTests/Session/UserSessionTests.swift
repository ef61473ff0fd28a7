import Cognito
import FoundationEssentials
import Synchronization
import TestSupport
import Testing

private let clock: Int64 = FakePool.now
private let issuer = TestIssuer(
  issuer: "https://cognito-idp.eu-north-1.amazonaws.com/\(FakePool.poolID)", clientID: FakePool.clientID)

private func client(
  secret: String? = nil, keys: (any KeySource)? = nil,
  _ answer: @escaping @Sendable (Int, HTTPRequest) async throws -> HTTPResponse
) throws -> (UserPoolClient, ScriptedTransport) {
  let transport = ScriptedTransport(answer)
  var settings = ServiceClient.Settings(now: { Date(timeIntervalSince1970: Double(clock)) })
  settings.retry.sleep = { _ in }
  let client = try UserPoolClient(
    pool: UserPool(id: FakePool.poolID), clientID: FakePool.clientID, clientSecret: secret.map(Secret.init(utf8:)),
    transport: transport, settings: settings, keys: keys ?? JWKS(issuer.jwks))
  return (client, transport)
}

private func answer(_ result: JSONValue) -> HTTPResponse {
  HTTPResponse(status: 200, body: JSONValue.object(["AuthenticationResult": result]).serialized())
}

private func failure(_ exception: String, _ message: String) -> HTTPResponse {
  let body: JSONValue = ["__type": .string(exception), "message": .string(message)]
  return HTTPResponse(status: 400, body: body.serialized())
}

private func saved(endsIn seconds: Double, device: String? = nil) -> TokenSet {
  TokenSet(
    idToken: "old id", accessToken: "old access", refreshToken: Secret(utf8: "refresh-1"),
    accessExpiresAt: Date(timeIntervalSince1970: Double(clock) + seconds), idExpiresAt: .distantFuture,
    subject: "sub", username: "real name", deviceKey: device)
}

/// A key set that can be out of reach for a while.
private final class SwitchedKeys: KeySource {
  private let keys: JWKS
  private let isOff = Mutex(false)

  init(_ keys: JWKS) { self.keys = keys }

  var areOutOfReach: Bool {
    get { isOff.withLock { $0 } }
    set { isOff.withLock { $0 = newValue } }
  }

  func key(kid: String) async throws(CognitoError) -> JWK? {
    if areOutOfReach { throw CognitoError(.unreachable, "no network") }
    return keys.key(kid: kid)
  }
}

private func body(_ request: HTTPRequest) throws -> JSONValue { try JSONValue.parse(request.body) }

@Suite("A user's session")
struct UserSessionTests {
  @Test("one renewal for a hundred callers; cancelling one doesn't cancel the rest")
  func singleFlight() async throws {
    let gate = AsyncStream<Void>.makeStream()
    let (client, transport) = try client { _, _ in
      for await _ in gate.stream { break }
      return answer(issuer.result(username: "alice", now: clock, refreshToken: "refresh-2"))
    }
    let session = UserSession(client: client, tokens: saved(endsIn: -1))
    let tasks = (0..<100).map { _ in Task { try await session.token(.access) } }
    while transport.count == 0 { await Task.yield() }
    tasks[7].cancel()
    // The cancelled caller is free while the request is still under way.
    await #expect(throws: CognitoError(.cancelled, "")) { try await tasks[7].value }
    gate.continuation.yield()
    var tokens: Set<String> = []
    for (index, task) in tasks.enumerated() where index != 7 { tokens.insert(try await task.value) }
    #expect(tokens.count == 1)
    #expect(transport.count == 1)
    #expect(session.currentTokens?.refreshToken == Secret(utf8: "refresh-2"))
  }

  @Test("tokens that are valid cost no request, and tokens about to end are renewed")
  func margin() async throws {
    let (client, transport) = try client { _, _ in answer(issuer.result(username: "alice", now: clock)) }
    let session = UserSession(client: client, tokens: saved(endsIn: 61), margin: .seconds(60))
    #expect(try await session.token(.id) == "old id")
    #expect(transport.count == 0)
    let late = UserSession(client: client, tokens: saved(endsIn: 60), margin: .seconds(60))
    #expect(try await late.token(.id) != "old id")
    #expect(transport.count == 1)
    // No new refresh token came: the old one stays.
    #expect(late.currentTokens?.refreshToken == Secret(utf8: "refresh-1"))
  }

  @Test("renewal sends the device key and the client secret")
  func request() async throws {
    let (client, transport) = try client(secret: "hush") { _, _ in
      answer(issuer.result(username: "alice", now: clock, refreshToken: "refresh-2"))
    }
    _ = try await UserSession(client: client, tokens: saved(endsIn: 0, device: "eu_1")).tokens()
    let sent = try body(try #require(transport.requests.first))
    #expect(sent["RefreshToken"]?.string == "refresh-1")
    #expect(sent["DeviceKey"]?.string == "eu_1")
    #expect(sent["ClientSecret"]?.string == "hush")
    #expect(sent["ClientId"]?.string == FakePool.clientID)
  }

  @Test(
    "where GetTokensFromRefreshToken is unknown, REFRESH_TOKEN_AUTH is used, hashed over the real name",
    arguments: [
      HTTPResponse(status: 500, body: Array("<html>".utf8)),
      failure("UnknownOperationException", ""), HTTPResponse(status: 404),
    ])
  func fallback(_ unknown: HTTPResponse) async throws {
    let (client, transport) = try client(secret: "hush") { index, _ in
      index == 0 ? unknown : answer(issuer.result(username: "alice", now: clock))
    }
    let tokens = try await client.renew(
      refreshToken: Secret(utf8: "refresh-1"), username: "real name", deviceKey: "eu_1")
    #expect(tokens.refreshToken == Secret(utf8: "refresh-1"))
    #expect(tokens.deviceKey == "eu_1")
    #expect(transport.count == 2)
    let parameters = try body(transport.requests[1])["AuthParameters"]
    let hash = SecretHash.compute(
      username: "real name", clientID: FakePool.clientID, clientSecret: Secret(utf8: "hush"))
    #expect(parameters?["SECRET_HASH"]?.string == hash)
    #expect(parameters?["DEVICE_KEY"]?.string == "eu_1")
    #expect(parameters?["REFRESH_TOKEN"]?.string == "refresh-1")
  }

  @Test(
    "a refresh token that is no longer good means to sign in again",
    arguments: [
      ("NotAuthorizedException", "Refresh Token has been revoked", CognitoError.Code.refreshTokenRejected),
      ("NotAuthorizedException", "Invalid Refresh Token", .refreshTokenRejected),
      ("RefreshTokenReuseException", "reused", .refreshTokenReuse),
    ])
  func rejected(_ exception: String, _ message: String, _ code: CognitoError.Code) async throws {
    let (client, _) = try client { _, _ in failure(exception, message) }
    await #expect(throws: CognitoError(code, "")) {
      try await UserSession(client: client, tokens: saved(endsIn: 0)).tokens()
    }
    let fresh = saved(endsIn: 1000)
    let session = UserSession(client: client, tokens: saved(endsIn: 0), signIn: { fresh })
    #expect(try await session.token(.access) == "old access")
  }

  @Test("a passing failure keeps the session")
  func passing() async throws {
    let (client, _) = try client { _, _ in throw CognitoError(.unreachable, "no network") }
    let session = UserSession(client: client, tokens: saved(endsIn: 0), signIn: { saved(endsIn: 1000) })
    await #expect(throws: CognitoError(.unreachable, "")) { try await session.tokens() }
    #expect(session.currentTokens?.refreshToken == Secret(utf8: "refresh-1"))
  }

  @Test("a rotated refresh token is saved at once, then the tokens that came with it, before anybody gets them")
  func saveFirst() async throws {
    let (client, _) = try client { _, _ in
      answer(issuer.result(username: "alice", now: clock, refreshToken: "refresh-2"))
    }
    let saves = Mutex<[TokenSet]>([])
    let session = UserSession(
      client: client, tokens: saved(endsIn: 0), save: { tokens in saves.withLock { $0.append(tokens) } })
    let tokens = try await session.tokens()
    let kept = saves.withLock { $0 }
    #expect(kept.map(\.refreshToken) == [Secret(utf8: "refresh-2"), Secret(utf8: "refresh-2")])
    #expect(kept.map(\.accessToken) == ["old access", tokens.accessToken])
  }

  @Test("a failed save is tried again, not the renewal")
  func failedSave() async throws {
    let (client, transport) = try client { _, _ in
      answer(issuer.result(username: "alice", now: clock, refreshToken: "refresh-2"))
    }
    let attempts = Mutex(0)
    let session = UserSession(
      client: client, tokens: saved(endsIn: 0),
      save: { tokens in
        #expect(tokens.refreshToken == Secret(utf8: "refresh-2"))
        let attempt = attempts.withLock { count in
          count += 1
          return count
        }
        if attempt <= 2 { throw CognitoError(.invalidConfiguration, "the keyring is locked") }
      })
    await #expect(throws: CognitoError(.invalidConfiguration, "")) { try await session.tokens() }
    #expect(session.currentTokens?.accessToken == "old access")
    _ = try await session.tokens()
    #expect(session.currentTokens?.refreshToken == Secret(utf8: "refresh-2"))
    #expect(attempts.withLock { $0 } == 3)
    #expect(transport.count == 1)
  }

  private struct DiskFull: Error {}

  @Test("an error of the caller's own, in saving or signing in, comes back as the cause of one of ours")
  func callbackErrors() async throws {
    let (client, _) = try client { _, _ in answer(issuer.result(username: "alice", now: clock)) }
    let saving = UserSession(client: client, tokens: saved(endsIn: 0), save: { _ in throw DiskFull() })
    let signingIn = UserSession(client: client, signIn: { throw DiskFull() })
    for session in [saving, signingIn] {
      let error = await #expect(throws: CognitoError(.callbackFailed, "")) { try await session.tokens() }
      #expect(error?.cause is DiskFull)
    }
    let cancelled = UserSession(client: client, signIn: { throw CancellationError() })
    await #expect(throws: CognitoError(.cancelled, "")) { try await cancelled.tokens() }
  }

  @Test("keys out of reach during a rotation lose no refresh token: the session goes on when they are back")
  func keysOutOfReach() async throws {
    let keys = SwitchedKeys(try JWKS(issuer.jwks))
    let (client, transport) = try client(keys: keys) { index, _ in
      answer(issuer.result(username: "alice", now: clock, refreshToken: "refresh-\(index + 2)"))
    }
    let saves = Mutex<[Secret?]>([])
    let session = UserSession(
      client: client, tokens: saved(endsIn: 0, device: "eu_1"),
      save: { tokens in saves.withLock { $0.append(tokens.refreshToken) } })
    keys.areOutOfReach = true
    await #expect(throws: CognitoError(.unreachable, "")) { try await session.tokens() }
    #expect(saves.withLock { $0 } == [Secret(utf8: "refresh-2")])
    keys.areOutOfReach = false
    let tokens = try await session.tokens()
    #expect(tokens.refreshToken == Secret(utf8: "refresh-3"))
    #expect(tokens.deviceKey == "eu_1")
    #expect(try transport.requests.map { try body($0)["RefreshToken"]?.string } == ["refresh-1", "refresh-2"])
  }

  @Test("a renewal under way when the user signs out does not bring the session back")
  func signOutDuringRenewal() async throws {
    let gate = AsyncStream<Void>.makeStream()
    let (client, transport) = try client { index, _ in
      if index > 0 { return HTTPResponse(status: 200) }
      for await _ in gate.stream { break }
      return answer(issuer.result(username: "alice", now: clock, refreshToken: "refresh-2"))
    }
    let session = UserSession(
      client: client, tokens: saved(endsIn: 0), save: { _ in Issue.record("saved after the sign-out") })
    let renewal = Task { try await session.tokens() }
    while transport.count == 0 { await Task.yield() }
    try await session.signOut()
    gate.continuation.yield()
    await #expect(throws: CognitoError(.signInRequired, "")) { try await renewal.value }
    #expect(session.currentTokens == nil)
    // Both refresh tokens are revoked.
    let revoked = try transport.requests.filter { $0.header("x-amz-target")?.hasSuffix(".RevokeToken") == true }
      .map { try body($0)["Token"]?.string }
    #expect(revoked == ["refresh-1", "refresh-2"])
  }

  @Test("without tokens and without a way to sign in, that is what is said")
  func nothing() async throws {
    let (client, transport) = try client { _, _ in HTTPResponse(status: 500) }
    await #expect(throws: CognitoError(.signInRequired, "")) { try await UserSession(client: client).tokens() }
    #expect(transport.count == 0)
  }

  @Test("signing out revokes the refresh token and forgets the rest")
  func signOut() async throws {
    let (client, transport) = try client { _, _ in HTTPResponse(status: 200) }
    let session = UserSession(client: client, tokens: saved(endsIn: 1000))
    try await session.signOut()
    #expect(try body(transport.requests[0])["Token"]?.string == "refresh-1")
    #expect(transport.requests[0].header("x-amz-target")?.hasSuffix(".RevokeToken") == true)
    #expect(session.currentTokens == nil)
    let other = UserSession(client: client, tokens: saved(endsIn: 1000))
    try await other.signOut(everywhere: true)
    #expect(try body(transport.requests[1])["AccessToken"]?.string == "old access")
  }

  @Test("a session signs in by itself with a password, but not past a second factor")
  func byPassword() async throws {
    let pool = FakePool()
    let session = UserSession(
      client: try pool.client(), username: "alice", password: Secret(utf8: FakePool.password))
    #expect(try await session.tokens().username == FakePool.username)
    let guarded = FakePool(script: [.init("SOFTWARE_TOKEN_MFA")])
    let other = UserSession(
      client: try guarded.client(), username: "alice", password: Secret(utf8: FakePool.password))
    await #expect(throws: CognitoError(.signInRequired, "")) { try await other.tokens() }
  }

  @Test("tokens show nothing of themselves")
  func description() {
    let tokens = saved(endsIn: 0)
    var dumped = ""
    dump(tokens, to: &dumped)
    #expect(!"\(tokens) \(dumped) \(String(reflecting: tokens))".contains("access"))
    #expect(!"\(tokens) \(dumped)".contains("refresh-1"))
  }
}

@Suite("Requests with a user's token")
struct RequestAuthorizerTests {
  @Test("a 401 is answered with one renewal for all, and one more attempt")
  func retries() async throws {
    let (client, renewals) = try client { _, _ in
      answer(issuer.result(username: "alice", now: clock, refreshToken: "refresh-2"))
    }
    let server = ScriptedTransport { _, request in
      HTTPResponse(status: request.header("authorization") == "Bearer old access" ? 401 : 200)
    }
    let authorizer = RequestAuthorizer(session: UserSession(client: client, tokens: saved(endsIn: 1000)))
    let request = HTTPRequest(
      method: "GET", url: "https://api.example.com/", headers: [.init("authorization", "theirs")])
    try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<20 { group.addTask { try await authorizer.send(request, over: server).status } }
      for try await status in group { #expect(status == 200) }
    }
    #expect(renewals.count == 1)
    #expect(server.requests.allSatisfy { $0.headers.count == 1 })
  }

  @Test("a second 401 is the answer")
  func givesUp() async throws {
    let (client, renewals) = try client { _, _ in answer(issuer.result(username: "alice", now: clock)) }
    let server = ScriptedTransport { _, _ in HTTPResponse(status: 401) }
    let authorizer = RequestAuthorizer(
      session: UserSession(client: client, tokens: saved(endsIn: 1000)), use: .id, header: "X-Token", prefix: "")
    let response = try await authorizer.send(HTTPRequest(method: "GET", url: "https://a.example/"), over: server)
    #expect(response.status == 401)
    #expect(server.count == 2)
    #expect(server.requests[0].header("x-token") == "old id")
    #expect(renewals.count == 1)
  }
}

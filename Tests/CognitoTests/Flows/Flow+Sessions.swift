import Cognito
import FoundationEssentials
import Testing

/// What happens to tokens after the sign-in.
extension Flow {
  private static let noCounting = "its requests can't be counted, nor its keys changed"

  private static func rotating(_ target: FlowTarget) async throws -> UserPoolClient {
    try await target.client { settings in
      settings.refreshTokenRotation = .init(isOn: true)
      settings.authFlows = ["ALLOW_USER_SRP_AUTH"]
    }
  }

  static let sessions: [Flow] = [
    Flow(
      "a hundred callers with an expired token: the pool counts one renewal", motoLacks: "no GetTokensFromRefreshToken"
    ) { target in
      try await target.makeUser()
      let client = try await rotating(target)
      let session = UserSession(client: client, tokens: try await target.signedIn(client))
      try target.advance(by: 7200)
      let tasks = (0..<100).map { _ in Task { try await session.tokens() } }
      // Cancelling one of them doesn't cancel the rest.
      tasks[41].cancel()
      var seen: Set<TokenSet> = []
      for (index, task) in tasks.enumerated() where index != 41 { seen.insert(try await task.value) }
      #expect(seen.count == 1)
      #expect(try target.requests("GetTokensFromRefreshToken") == 1)
      // A session made again from the saved tokens goes on.
      try target.advance(by: 7200)
      let saved = try #require(session.currentTokens)
      let rebuilt = UserSession(
        client: client,
        tokens: TokenSet(
          idToken: saved.idToken, accessToken: saved.accessToken, refreshToken: saved.refreshToken,
          accessExpiresAt: saved.accessExpiresAt, idExpiresAt: saved.idExpiresAt, subject: saved.subject,
          username: saved.username, deviceKey: saved.deviceKey))
      #expect(try await rebuilt.tokens().refreshToken != saved.refreshToken)
      #expect(try target.requests("GetTokensFromRefreshToken") == 2)
    },
    Flow("keys out of reach during a rotation lose no refresh token", motoLacks: "no GetTokensFromRefreshToken") {
      target in
      try await target.makeUser()
      let client = try await rotating(target)
      let tokens = try await target.signedIn(client)
      // A program that starts with the saved tokens has no keys yet.
      let started = try UserPoolClient(
        pool: client.pool, clientID: client.clientID, transport: FlowTarget.transport, settings: target.settings)
      let session = UserSession(client: started, tokens: tokens)
      try target.advance(by: 7200)
      // As often as the keys are asked for before the library gives up.
      let attempts = JSONValue.int(Int64(RetryPolicy().maximumAttempts))
      try await target.control(
        "faults", ["kind": "status", "operation": "jwks.json", "status": 503, "count": attempts])
      await #expect(throws: CognitoError.self) { try await session.tokens() }
      #expect(session.currentTokens?.refreshToken != tokens.refreshToken)
      let renewed = try await session.tokens()
      #expect(renewed.subject == tokens.subject)
      #expect(try target.requests("GetTokensFromRefreshToken") == 2)
    },
    Flow("the pool's keys change: the verifier fetches them once more", motoLacks: noCounting) { target in
      try await target.makeUser()
      let client = try await target.client()
      let before = try await target.signedIn(client)
      #expect(try target.requests("jwks.json") == 1)
      try await target.control("keys", ["user_pool_id": .string(target.pool.id), "action": "rotate"])
      // Another verifier, whose last fetch is longer ago than the shortest time between two.
      let keys = RemoteKeys(url: target.pool.keysURL, transport: FlowTarget.transport, refetchInterval: .zero)
      let verifier = TokenVerifier([.init(issuer: target.pool.issuer, clients: [client.clientID], keys: keys)])
      _ = try await verifier.verify(before.accessToken, use: .access)
      #expect(try target.requests("jwks.json") == 2)
      try await target.control("keys", ["user_pool_id": .string(target.pool.id), "action": "rotate"])
      let other = try UserPoolClient(
        pool: client.pool, clientID: client.clientID, transport: FlowTarget.transport, settings: target.settings,
        keys: keys)
      let after = try await target.signedIn(other)
      // Both tokens have new keys, and one fetch got them.
      #expect(try target.requests("jwks.json") == 3)
      _ = try await verifier.verify(before.accessToken, use: .access)
      try await target.control("keys", ["user_pool_id": .string(target.pool.id), "action": "forget-retired"])
      let fresh = TokenVerifier([
        .init(
          issuer: target.pool.issuer, clients: [client.clientID],
          keys: RemoteKeys(url: target.pool.keysURL, transport: FlowTarget.transport))
      ])
      _ = try await fresh.verify(after.idToken, use: .id)
      await #expect(throws: CognitoError(.tokenKeyUnknown, "")) {
        try await fresh.verify(before.accessToken, use: .access)
      }
      // The key set is not fetched again and again for keys that aren't there.
      #expect(try target.requests("jwks.json") == 4)
    },
    Flow("requests with a token: a server's 401 renews once for all", motoLacks: "no /oauth2/userInfo") { target in
      try await target.makeUser()
      let (hosted, redirect) = try await hostedClient(target)
      let (signIn, query) = try await hostedAnswer(target, hosted, redirect)
      let tokens = try await hosted.finish(signIn, query: query)
      // A session that believes its tokens good for longer than the server does.
      let hopeful = TokenSet(
        idToken: tokens.idToken, accessToken: tokens.accessToken, refreshToken: tokens.refreshToken,
        accessExpiresAt: tokens.accessExpiresAt + 86_400, idExpiresAt: tokens.idExpiresAt + 86_400,
        subject: tokens.subject, username: tokens.username)
      let authorizer = RequestAuthorizer(session: UserSession(client: hosted.client, tokens: hopeful))
      let request = HTTPRequest(method: "GET", url: target.pool.endpoint + "/oauth2/userInfo")
      let first = try await authorizer.send(request)
      #expect(first.status == 200)
      try target.advance(by: 7200)
      try await withThrowingTaskGroup(of: HTTPResponse.self) { group in
        for _ in 0..<20 { group.addTask { try await authorizer.send(request) } }
        for try await response in group {
          #expect(response.status == 200)
          #expect(try JSONValue.parse(response.body)["sub"]?.string == tokens.subject)
        }
      }
      #expect(try target.requests("GetTokensFromRefreshToken") == 1)
      // Signed out: the second 401 is the answer, or there is nothing to renew with.
      try await target.administrator.signOutEverywhere("ada")
      await #expect(throws: CognitoError(.refreshTokenRejected, "")) { try await authorizer.send(request) }
    },
    Flow("ending sessions: the wrong token, the wrong client, a second time", motoLacks: "no RevokeToken") { target in
      try await target.makeUser()
      let client = try await target.client(hasSecret: true)
      let (here, there) = (try await target.signedIn(client), try await target.signedIn(client))
      let refreshToken = try #require(here.refreshToken)
      await #expect(throws: CognitoError(.unsupportedTokenType, "")) {
        try await client.revoke(refreshToken: Secret(utf8: here.accessToken))
      }
      let impostor = try UserPoolClient(
        pool: client.pool, clientID: client.clientID, clientSecret: Secret(utf8: "guessed"),
        transport: FlowTarget.transport, settings: target.settings)
      await #expect(throws: CognitoError.self) { try await impostor.revoke(refreshToken: refreshToken) }
      _ = try await client.user(here).details()
      try await client.revoke(refreshToken: refreshToken)
      try await client.revoke(refreshToken: refreshToken)
      await #expect(throws: CognitoError(.accessTokenRejected, "")) { try await client.user(here).details() }
      // Offline the token stays what it is until it expires, and the other session goes on.
      _ = try await client.verifier.verify(here.accessToken, use: .access)
      _ = try await client.user(there).details()
      try await UserSession(client: client, tokens: there).signOut(everywhere: true)
      await #expect(throws: CognitoError(.accessTokenRejected, "")) { try await client.user(there).details() }
      await #expect(throws: CognitoError(.refreshTokenRejected, "")) {
        try await client.renew(refreshToken: #require(there.refreshToken), username: there.username)
      }
      await #expect(throws: CognitoError(.accessTokenRejected, "")) {
        try await client.globalSignOut(accessToken: there.accessToken)
      }
    },
    Flow("a refresh token that is too old means to sign in again", motoLacks: "its refresh tokens don't expire") {
      target in
      try await target.makeUser()
      let client = try await target.client { $0.refreshTokenValidity = .seconds(3600) }
      let tokens = try await target.signedIn(client)
      try target.advance(by: 3700)
      let session = UserSession(client: client, tokens: tokens) { _ in
      } signIn: {
        try await target.signedIn(client)
      }
      #expect(try await session.tokens().refreshToken != tokens.refreshToken)
      for operation in [RenewalOperation.getTokensFromRefreshToken, .refreshTokenAuth] {
        await #expect(throws: CognitoError(.refreshTokenRejected, "")) {
          try await client.renew(
            refreshToken: #require(tokens.refreshToken), username: tokens.username, with: operation)
        }
      }
    },
  ]
}

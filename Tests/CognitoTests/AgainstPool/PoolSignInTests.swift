import Cognito
import FoundationEssentials
import LocalPool
import TestSupport
import Testing

@Suite("Against cognito-pool: signing in")
struct PoolSignInTests {
  @Test("by SRP with every kind of client; a wrong password is refused", arguments: [false, true])
  func srp(_ hasSecret: Bool) async throws {
    try await PoolFixture.with(client: ["GenerateSecret": .bool(hasSecret)]) { fixture in
      #expect((fixture.client.clientSecret != nil) == hasSecret)
      let tokens = try await fixture.tokens()
      #expect(tokens.username == PoolFixture.username)
      let id = try await fixture.client.verifier.verify(tokens.idToken, use: .id)
      #expect(id.username == PoolFixture.username)
      await #expect(throws: CognitoError(.notAuthorized, "")) {
        try await fixture.client.signIn(PoolFixture.username).start(.srp(password: Secret(utf8: "wrong")))
      }
      await #expect(throws: CognitoError(.userNotFound, "")) {
        try await fixture.client.signIn("nobody").start(.srp(password: PoolFixture.password))
      }
    }
  }

  @Test("by sending the password, as a user and as an administrator")
  func plain() async throws {
    try await PoolFixture.with { fixture in
      for method in [SignInMethod.password(PoolFixture.password), .adminPassword(PoolFixture.password)] {
        _ = try finished(try await fixture.client.signIn(PoolFixture.username).start(method))
      }
      #expect(fixture.transport.count("AdminInitiateAuth") == 1)
    }
  }

  @Test("by choice of the first factor")
  func choice() async throws {
    let policy: [String: JSONValue] = [
      "Policies": ["SignInPolicy": ["AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]]]
    ]
    try await PoolFixture.with(pool: policy, email: "ada@example.com") { fixture in
      let signIn = fixture.client.signIn(PoolFixture.username)
      guard case .selectFirstFactor(let factors) = try await signIn.start(.choice()) else {
        Issue.record("no choice")
        return
      }
      #expect(Set(factors) == [.password, .passwordSRP, .emailOTP])
      guard case .password = try await signIn.respond(.firstFactor(.passwordSRP)) else {
        Issue.record("no password asked")
        return
      }
      _ = try finished(try await signIn.respond(.password(PoolFixture.password)))
      let preferred = fixture.client.signIn(PoolFixture.username)
      _ = try finished(
        try await preferred.start(.choice(preferred: .passwordSRP, password: PoolFixture.password)))
      guard case .emailOTP(let delivery) = try await preferred.start(.choice(preferred: .emailOTP)) else {
        Issue.record("no code asked")
        return
      }
      #expect(delivery?.destination.isEmpty == false)
      await #expect(throws: CognitoError(.codeMismatch, "")) { try await preferred.respond(.code("00000000")) }
    }
  }

  @Test("a temporary password must be changed; one that breaks the policy can be tried again")
  func newPassword() async throws {
    try await PoolFixture.with { fixture in
      try fixture.setPassword(permanent: false)
      let signIn = fixture.client.signIn(PoolFixture.username)
      guard case .newPasswordRequired = try await signIn.start(.srp(password: PoolFixture.password)) else {
        Issue.record("no new password asked")
        return
      }
      await #expect(throws: CognitoError(.invalidPassword, "")) {
        try await signIn.respond(.newPassword(Secret(utf8: "short")))
      }
      _ = try finished(try await signIn.respond(.newPassword(Secret(utf8: "Analytical-1843!"))))
      _ = try finished(
        try await fixture.client.signIn(PoolFixture.username).start(.srp(password: Secret(utf8: "Analytical-1843!"))))
    }
  }

  @Test("an authenticator app is set up on the way, and asked for at the next sign-in")
  func totp() async throws {
    let mfa: [String: JSONValue] = ["MfaConfiguration": "ON", "SoftwareTokenMfaConfiguration": ["Enabled": true]]
    try await PoolFixture.with(mfa: mfa) { fixture in
      let signIn = fixture.client.signIn(PoolFixture.username)
      guard case .setUpSoftwareToken(let setup) = try await signIn.start(.srp(password: PoolFixture.password)),
        let totp = TOTP(base32: setup.secret.revealed() ?? "")
      else {
        Issue.record("no set-up asked")
        return
      }
      let now = Int64(Date().timeIntervalSince1970)
      await #expect(throws: CognitoError(.enableSoftwareTokenMFA, "")) { try await signIn.respond(.code("000000")) }
      _ = try finished(try await signIn.respond(.code(totp.code(unixSeconds: now))))

      let next = fixture.client.signIn(PoolFixture.username)
      guard case .softwareTokenMFA = try await next.start(.srp(password: PoolFixture.password)) else {
        Issue.record("no code asked")
        return
      }
      await #expect(throws: CognitoError(.codeMismatch, "")) { try await next.respond(.code("000000")) }
      // A code is good once; the next one is accepted a little early.
      _ = try finished(try await next.respond(.code(totp.code(unixSeconds: now + TOTP.period))))
    }
  }

  @Test("a remembered device stands in for the second factor, until the pool forgets it")
  func device() async throws {
    let tracking: [String: JSONValue] = [
      "DeviceConfiguration": ["ChallengeRequiredOnNewDevice": true, "DeviceOnlyRememberedOnUserPrompt": false]
    ]
    try await PoolFixture.with(pool: tracking) { fixture in
      let first = try finished(try await fixture.signIn())
      let user = SignedInUser(client: fixture.client, accessToken: first.tokens.accessToken)
      let new = try #require(first.newDevice)
      let device = try await user.confirm(new, name: "test").device
      let second = try finished(try await fixture.signIn(device))
      #expect(second.tokens.deviceKey == device.key)
      #expect(second.newDevice == nil)
      let renewed = try await fixture.client.renew(
        refreshToken: try #require(second.tokens.refreshToken), username: second.tokens.username,
        deviceKey: second.tokens.deviceKey)
      #expect(renewed.deviceKey == device.key)
      try await user.forgetDevice(device.key)
      let third = try finished(try await fixture.signIn(device))
      #expect(third.deviceWasForgotten)
    }
  }
}

@Suite("Against cognito-pool: sessions")
struct PoolSessionTests {
  @Test(
    "tokens are renewed by both operations", arguments: [RenewalOperation.refreshTokenAuth, .getTokensFromRefreshToken])
  func renewal(_ operation: RenewalOperation) async throws {
    for hasSecret in [false, true] {
      try await PoolFixture.with(client: ["GenerateSecret": .bool(hasSecret)]) { fixture in
        let tokens = try await fixture.tokens()
        let renewed = try await fixture.client.renew(
          refreshToken: #require(tokens.refreshToken), username: tokens.username, with: operation)
        #expect(renewed.accessToken != tokens.accessToken)
        #expect(renewed.subject == tokens.subject)
      }
    }
  }

  @Test("with rotation, a hundred callers with an expired token make one renewal")
  func rotation() async throws {
    let rotating: [String: JSONValue] = [
      "RefreshTokenRotation": ["Feature": "ENABLED", "RetryGracePeriodSeconds": 0],
      "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"],
    ]
    try await PoolFixture.with(client: rotating) { fixture in
      let tokens = try await fixture.tokens()
      fixture.advance(by: 7200)
      let session = UserSession(client: fixture.client, tokens: tokens)
      let tasks = (0..<100).map { _ in Task { try await session.tokens() } }
      var sets: Set<TokenSet> = []
      for task in tasks { sets.insert(try await task.value) }
      #expect(sets.count == 1)
      #expect(fixture.transport.count("GetTokensFromRefreshToken") == 1)
      #expect(session.currentTokens?.refreshToken != tokens.refreshToken)
      let spent = try #require(tokens.refreshToken)
      let error = await #expect(throws: CognitoError.self) {
        try await fixture.client.renew(refreshToken: spent, username: tokens.username)
      }
      #expect(error?.code == .refreshTokenReuse || error?.code == .refreshTokenRejected)
    }
  }

  @Test("signing out ends the session at the pool", arguments: [false, true])
  func signOut(_ everywhere: Bool) async throws {
    try await PoolFixture.with { fixture in
      let tokens = try await fixture.tokens()
      let session = UserSession(client: fixture.client, tokens: tokens)
      try await session.signOut(everywhere: everywhere)
      await #expect(throws: CognitoError(.refreshTokenRejected, "")) {
        try await fixture.client.renew(
          refreshToken: #require(tokens.refreshToken), username: tokens.username)
      }
      await #expect(throws: CognitoError(.accessTokenRejected, "")) {
        try await SignedInUser(client: fixture.client, accessToken: tokens.accessToken).details()
      }
    }
  }

  @Test("too many wrong passwords are told from one wrong password")
  func lockout() async throws {
    try await PoolFixture.with { fixture in
      var codes: [CognitoError.Code] = []
      for _ in 0..<7 {
        do {
          _ = try await fixture.client.signIn(PoolFixture.username).start(.srp(password: Secret(utf8: "wrong")))
        } catch let error as CognitoError {
          codes.append(error.code)
        }
      }
      #expect(codes.first == .notAuthorized)
      #expect(codes.contains(.passwordAttemptsExceeded))
    }
  }
}

import Cognito
import FoundationEssentials
import TestSupport
import Testing

/// What the service got in 2026: sessions, levels, token exchange, machine clients, the newer issuer.
extension Flow {
  private static let noOperation = "none of these operations"

  /// A client that tells the pool which program and which machine it is.
  private static func named(_ device: String, like client: UserPoolClient, _ target: FlowTarget) throws
    -> UserPoolClient
  {
    try UserPoolClient(
      pool: client.pool, clientID: client.clientID, clientSecret: client.clientSecret,
      transport: CurlTransport(.init(userAgent: UserAgent(program: "flow", device: device))),
      settings: target.settings)
  }

  private static func exchanging(_ target: FlowTarget) async throws -> UserPoolClient {
    try await target.administrator.call(
      OpenOperation("CreateResourceServer"),
      [
        "Identifier": "git", "Name": "git",
        "Scopes": [["ScopeName": "read", "ScopeDescription": "read"]],
      ])
    return try await target.client(hasSecret: true) { settings in
      settings.authFlows = [
        "ALLOW_TOKEN_EXCHANGE_IMPERSONATION", "ALLOW_TOKEN_EXCHANGE_DELEGATION", "ALLOW_USER_SRP_AUTH",
      ]
      settings.scopes = ["git/read"]
      settings.oAuthFlows = ["code"]
      settings.callbackURLs = ["https://example.com/callback"]
      settings.identityProviders = ["COGNITO"]
    }
  }

  static let newService: [Flow] = [
    Flow("sessions: list, recognise and end them (ListUserSessions, RevokeUserSession)", motoLacks: noOperation) {
      target in
      try await target.makeUser()
      try await target.administrator.setSessionTracking(SessionTracking(isOn: true, maximumPerUser: 3))
      #expect(try await target.administrator.sessionTracking() == SessionTracking(isOn: true, maximumPerUser: 3))
      let client = try await target.client()
      let laptop = try await target.signedIn(named("laptop", like: client, target))
      let phone = try await target.signedIn(named("phone", like: client, target))
      let account = client.user(laptop)
      let sessions = try await account.sessions.collect()
      #expect(sessions.count == 2)
      #expect(sessions.filter(\.isCurrent).count == 1)
      #expect(sessions.first(where: \.isCurrent)?.device?.contains("laptop") == true)
      let other = try #require(sessions.first { !$0.isCurrent })
      #expect(other.device?.contains("flow; phone") == true)
      #expect(other.kind == .token)
      #expect(other.clientID == client.clientID)
      #expect(other.ipAddress == "127.0.0.1")
      try await account.revokeSession(other.id)
      #expect(try await account.sessions.collect().map(\.isCurrent) == [true])
      await #expect(throws: CognitoError(.refreshTokenRejected, "")) {
        try await client.renew(refreshToken: #require(phone.refreshToken), username: phone.username)
      }
      await #expect(throws: CognitoError(.resourceNotFound, "")) { try await account.revokeSession(other.id) }
      // The present one isn't ended that way.
      let current = try #require(sessions.first { $0.isCurrent })
      await #expect(throws: CognitoError.self) { try await account.revokeSession(current.id) }
      try await client.revoke(refreshToken: #require(laptop.refreshToken), associated: .linked)
      #expect(try await target.administrator.sessions(of: "ada").collect().isEmpty)
    },
    Flow("sessions: the one above the number pushes out the least recent", motoLacks: noOperation) { target in
      try await target.makeUser()
      try await target.administrator.setSessionTracking(SessionTracking(isOn: true, maximumPerUser: 2))
      let client = try await target.client()
      let first = try await target.signedIn(client)
      try target.advance(by: 1)
      let second = try await target.signedIn(client)
      try target.advance(by: 1)
      _ = try await client.renew(refreshToken: #require(first.refreshToken), username: first.username)
      try target.advance(by: 1)
      let third = try await target.signedIn(client)
      #expect(try await target.administrator.sessions(of: "ada").collect().count == 2)
      await #expect(throws: CognitoError(.refreshTokenRejected, "")) {
        try await client.renew(refreshToken: #require(second.refreshToken), username: second.username)
      }
      let last = try await client.user(third).sessions.collect()
      let current = try #require(last.first { $0.isCurrent })
      try await target.administrator.revokeSession(current.id, of: "ada")
      await #expect(throws: CognitoError(.accessTokenRejected, "")) { try await client.user(third).details() }
    },
    Flow("sessions: a pool that tracks none says so", motoLacks: noOperation) { target in
      try await target.makeUser()
      let client = try await target.client()
      let tokens = try await target.signedIn(client)
      #expect(try await target.administrator.sessionTracking() == SessionTracking(isOn: false))
      await #expect(throws: CognitoError(.operationNotEnabled, "")) {
        try await client.user(tokens).sessions.collect()
      }
    },
    Flow("single sign-on of an app client is read and set", motoLacks: noOperation) { target in
      let client = try await target.client()
      try await target.administrator.setSessionTracking(SessionTracking(isOn: true))
      let administrator = target.administrator
      #expect(try await administrator.singleSignOnValidity(ofAppClient: client.clientID) == .seconds(3600))
      try await administrator.setSingleSignOnValidity(.seconds(600), ofAppClient: client.clientID)
      #expect(try await administrator.singleSignOnValidity(ofAppClient: client.clientID) == .seconds(600))
    },
    Flow(
      "step-up: a second factor on top of a session (TARGET_ACR_VALUES, ACCESS_TOKEN)", motoLacks: "no USER_AUTH",
      pool: ["Policies": ["SignInPolicy": ["AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]]]]
    ) { target in
      try await target.makeUser()
      let client = try await target.client { $0.authFlows = ["ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] }
      let levels = try await target.administrator.authenticationLevels()
      #expect(levels == .standard)
      let weak = try await client.signIn("ada")
        .start(.choice(preferred: .password, password: FlowTarget.password)).finished().tokens
      let strong = TokenRequirements(levels: levels.atLeast(3), maximumAge: .seconds(300))
      await #expect(throws: CognitoError(.insufficientUserAuthentication, "")) {
        try await client.verifier.verify(weak.accessToken, use: .access, requiring: strong)
      }
      let signIn = client.signIn("ada")
      let stepUp = StepUp(levels: levels.atLeast(3), maximumAge: .seconds(300), accessToken: weak.accessToken)
      var step = try await signIn.start(.choice(preferred: .emailOTP, stepUp: stepUp))
      if case .selectFirstFactor = step { step = try await signIn.respond(.firstFactor(.emailOTP)) }
      let tokens = try await signIn.respond(.code(target.lastCode())).finished().tokens
      for (token, use) in [(tokens.accessToken, TokenUse.access), (tokens.idToken, .id)] {
        let verified = try await client.verifier.verify(token, use: use, requiring: strong)
        #expect(verified.acr == "urn:cognito:loa:3")
        #expect(Set(verified.amr).isSuperset(of: ["pwd", "email_otp", "mfa"]))
      }
      // The proof grows old, whatever is renewed.
      try target.advance(by: 400)
      let renewed = try await client.renew(refreshToken: #require(tokens.refreshToken), username: tokens.username)
      await #expect(throws: CognitoError(.insufficientUserAuthentication, "")) {
        try await client.verifier.verify(renewed.accessToken, use: .access, requiring: strong)
      }
    },
    Flow("step-up: a level that the user can't reach is refused", motoLacks: "no USER_AUTH") { target in
      try await target.makeUser()
      let client = try await target.client { $0.authFlows = ["ALLOW_USER_AUTH"] }
      let password = SignInMethod.choice(
        preferred: .password, password: FlowTarget.password,
        stepUp: StepUp(levels: ["urn:cognito:loa:1"], maximumAge: .zero))
      #expect(try await client.signIn("ada").start(password).finished().tokens.username == "ada")
      await #expect(throws: CognitoError(.invalidParameter, "")) {
        try await client.signIn("ada").start(.choice(stepUp: StepUp(levels: ["urn:cognito:loa:4"])))
      }
    },
    Flow("token exchange: a token for one service alone (GetDerivedToken)", motoLacks: noOperation) { target in
      try await target.makeUser()
      let client = try await exchanging(target)
      let tokens = try await target.signedIn(client)
      let derived = try await client.exchange(.id(tokens.idToken), for: .resourceServer("git"), scopes: ["git/read"])
      #expect(derived.use == .access)
      #expect(derived.scopes == ["git/read"])
      #expect(derived.verified.subject == tokens.subject)
      #expect(derived.expiresAt <= tokens.expiresAt)
      let git = TokenRequirements(audience: "git", scopes: ["git/read"], actors: .nobody)
      let verified = try await client.verifier.verify(derived.token, use: .access, requiring: git)
      #expect(verified.username == tokens.username)
      // Nobody else takes it: neither another service, nor one that doesn't look, nor the pool for the account.
      for requirements in [TokenRequirements(audience: "other"), .init()] {
        await #expect(throws: CognitoError(.tokenClaimMismatch, "")) {
          try await client.verifier.verify(derived.token, use: .access, requiring: requirements)
        }
      }
      await #expect(throws: CognitoError.self) { try await client.user(accessToken: derived.token).details() }
      // An id token for the service, by a logical name.
      let id = try await client.exchange(
        .access(tokens.accessToken), for: .audience("https://git.example.com"), getting: .id)
      #expect(id.use == .id)
      #expect(id.verified.audiences.contains("https://git.example.com"))
      await #expect(throws: CognitoError(.notAuthorized, "")) {
        try await client.exchange(.access(tokens.idToken), for: .resourceServer("git"))
      }
    },
    Flow("token exchange: a service acts for the user, and the token says so", motoLacks: noOperation) { target in
      try await target.makeUser()
      try await target.makeUser("robot", attributes: [:])
      let client = try await exchanging(target)
      let tokens = try await target.signedIn(client)
      let robot = try await target.signedIn(client, "robot")
      let derived = try await client.exchange(
        .id(tokens.idToken), actor: .access(robot.accessToken), for: .resourceServer("git"), scopes: ["git/read"])
      #expect(derived.verified.actors == [TokenActor(subject: robot.subject, clientID: client.clientID)])
      _ = try await client.verifier.verify(
        derived.token, use: .access, requiring: .init(audience: "git", actors: .only([robot.subject])))
      await #expect(throws: CognitoError(.tokenClaimMismatch, "")) {
        try await client.verifier.verify(
          derived.token, use: .access, requiring: .init(audience: "git", actors: .nobody))
      }
      // A client that may not, and one without its secret.
      let plain = try await target.client()
      await #expect(throws: CognitoError(.notAuthorized, "")) { try await plain.exchange(.id(tokens.idToken)) }
      let forgetful = try UserPoolClient(
        pool: client.pool, clientID: client.clientID, transport: FlowTarget.transport, settings: target.settings)
      await #expect(throws: CognitoError(.notAuthorized, "")) { try await forgetful.exchange(.id(tokens.idToken)) }
    },
    Flow("machine clients: a token for a program, kept and replaced (GetClientToken)", motoLacks: noOperation) {
      target in
      try await target.administrator.call(
        OpenOperation("CreateResourceServer"),
        [
          "Identifier": "orders", "Name": "orders",
          "Scopes": [["ScopeName": "read", "ScopeDescription": "read"]],
        ])
      let client = try await target.client(hasSecret: true) { settings in
        settings.authFlows = ["ALLOW_CLIENT_TOKEN_AUTH"]
        settings.scopes = ["orders/read"]
        settings.oAuthFlows = ["client_credentials"]
      }
      let machine = MachineClient(client, scopes: ["orders/read"])
      let token = try await machine.token()
      #expect(token.verified.subject == client.clientID)
      #expect(token.scopes == ["orders/read"])
      _ = try await client.verifier.verify(
        token.accessToken, use: .access, requiring: .init(scopes: ["orders/read"]))
      try target.advance(by: 7200)
      let next = try await withThrowingTaskGroup(of: String.self) { group in
        for _ in 0..<20 { group.addTask { try await machine.token().accessToken } }
        return try await group.reduce(into: Set<String>()) { $0.insert($1) }
      }
      #expect(next.count == 1)
      #expect(!next.contains(token.accessToken))
      #expect(try target.requests("GetClientToken") == 2)
      let impostor = try UserPoolClient(
        pool: client.pool, clientID: client.clientID, clientSecret: Secret(utf8: String(repeating: "x", count: 32)),
        transport: FlowTarget.transport, settings: target.settings)
      await #expect(throws: CognitoError(.notAuthorized, "")) { try await impostor.clientToken() }
    },
    Flow(
      "operations by their names, and what the pool doesn't have", motoLacks: "it answers unknown operations otherwise"
    ) {
      target in
      let described = try await target.administrator.call(OpenOperation("DescribeUserPool"))
      #expect(described["UserPool"]?["Id"]?.string == target.pool.id)
      await #expect(throws: CognitoError(.unknownOperation, "")) {
        try await target.administrator.call(OpenOperation("InventedOperation"))
      }
    },
  ]
}

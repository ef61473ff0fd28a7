import Cognito
import Testing

extension Flow {
  static let signingIn: [Flow] = [
    Flow("sign in by SRP") { target in
      try await target.makeUser()
      let client = try await target.client()
      let tokens = try await client.signIn("ada").start(.srp(password: FlowTarget.password)).finished().tokens
      #expect(tokens.username == "ada")
      let verified = try await client.verifier.verify(tokens.accessToken, use: .access)
      #expect(verified.clientID == client.clientID)
    },
    Flow("sign in by SRP, client with a secret") { target in
      try await target.makeUser()
      let client = try await target.client(hasSecret: true)
      let tokens = try await client.signIn("ada").start(.srp(password: FlowTarget.password)).finished().tokens
      #expect(tokens.username == "ada")
    },
    Flow("refuse a wrong password by SRP", motoLacks: "issues tokens for any password") { target in
      try await target.makeUser()
      let client = try await target.client()
      await #expect(throws: CognitoError(.notAuthorized, "")) {
        try await client.signIn("ada").start(.srp(password: Secret(utf8: "Wrong-Horse-1")))
      }
    },
    Flow("too many wrong passwords are told from one wrong password", motoLacks: "no lockout") { target in
      try await target.makeUser()
      let client = try await target.client()
      var codes: [CognitoError.Code] = []
      for _ in 0..<7 {
        do {
          _ = try await client.signIn("ada").start(.srp(password: Secret(utf8: "Wrong-Horse-1")))
        } catch let error as CognitoError {
          codes.append(error.code)
        }
      }
      #expect(codes.first == .notAuthorized)
      #expect(codes.last == .passwordAttemptsExceeded)
      try target.advance(by: 15 * 60)
      #expect(try await target.signedIn(client).username == "ada")
    },
    Flow("sign in by password, sent by the user") { target in
      try await target.makeUser()
      let client = try await target.client()
      #expect(
        try await client.signIn("ada").start(.password(FlowTarget.password)).finished().tokens.username == "ada")
      await #expect(throws: CognitoError(.notAuthorized, "")) {
        try await client.signIn("ada").start(.password(Secret(utf8: "Wrong-Horse-1")))
      }
    },
    Flow("sign in by password, sent by a server") { target in
      try await target.makeUser()
      let client = try await target.client()
      let tokens = try await client.signIn("ada").start(.adminPassword(FlowTarget.password)).finished().tokens
      #expect(tokens.username == "ada")
    },
    Flow("set the new password that an administrator demands") { target in
      try await target.administrator.createUser(
        NewUser(username: "ada", temporaryPassword: FlowTarget.password, invitation: .suppress))
      let client = try await target.client()
      let signIn = client.signIn("ada")
      let step = try await signIn.start(.srp(password: FlowTarget.password))
      guard case .newPasswordRequired = step else { throw UnexpectedStep(step: "\(step)") }
      let new = Secret(utf8: "Another-Horse-2")
      #expect(try await signIn.respond(.newPassword(new)).finished().tokens.username == "ada")
      #expect(try await client.signIn("ada").start(.srp(password: new)).finished().tokens.username == "ada")
    },
    Flow("renew tokens") { target in
      try await target.makeUser()
      let client = try await target.client(hasSecret: true)
      let tokens = try await client.signIn("ada").start(.srp(password: FlowTarget.password)).finished().tokens
      let refreshToken = try #require(tokens.refreshToken)
      let renewed = try await client.renew(refreshToken: refreshToken, username: tokens.username)
      #expect(renewed.subject == tokens.subject)
      #expect(renewed.refreshToken == refreshToken)
    },
    Flow("renew tokens by both operations, with a client secret and without", motoLacks: "no GetTokensFromRefreshToken")
    {
      target in
      try await target.makeUser()
      for hasSecret in [false, true] {
        let client = try await target.client(hasSecret: hasSecret)
        let tokens = try await target.signedIn(client)
        for operation in [RenewalOperation.refreshTokenAuth, .getTokensFromRefreshToken] {
          let renewed = try await client.renew(
            refreshToken: #require(tokens.refreshToken), username: tokens.username, with: operation)
          #expect(renewed.accessToken != tokens.accessToken)
          #expect(renewed.subject == tokens.subject)
          await #expect(throws: CognitoError(.refreshTokenRejected, "")) {
            try await client.renew(
              refreshToken: Secret(utf8: "no-refresh-token"), username: tokens.username, with: operation)
          }
        }
      }
    },
    Flow(
      "sign in by e-mail with a client secret, and renew under the pool's own name",
      pool: ["UsernameAttributes": ["email"]]
    ) { target in
      try await target.makeUser("ada@example.com")
      let client = try await target.client(hasSecret: true)
      let tokens = try await target.signedIn(client, "ada@example.com")
      #expect(tokens.username != "ada@example.com")
      let refreshToken = try #require(tokens.refreshToken)
      let renewed = try await client.renew(
        refreshToken: refreshToken, username: tokens.username, with: .refreshTokenAuth)
      #expect(renewed.subject == tokens.subject)
      // The secret hash is over that name: what was typed won't do.
      await #expect(throws: CognitoError(.notAuthorized, "")) {
        try await client.renew(refreshToken: refreshToken, username: "ada@example.com", with: .refreshTokenAuth)
      }
    },
    Flow("renew tokens with rotation", motoLacks: "no GetTokensFromRefreshToken") { target in
      try await target.makeUser()
      let client = try await target.client { settings in
        settings.refreshTokenRotation = .init(isOn: true)
        // The service refuses the older way of renewing together with rotation.
        settings.authFlows = ["ALLOW_USER_SRP_AUTH"]
      }
      let tokens = try await client.signIn("ada").start(.srp(password: FlowTarget.password)).finished().tokens
      let first = try #require(tokens.refreshToken)
      let renewed = try await client.renew(refreshToken: first, username: tokens.username)
      #expect(renewed.refreshToken != nil)
      #expect(renewed.refreshToken != first)
      await #expect(throws: CognitoError(.refreshTokenReuse, "")) {
        try await client.renew(refreshToken: first, username: tokens.username)
      }
    },
    Flow("end one session", motoLacks: "no RevokeToken") { target in
      try await target.makeUser()
      let client = try await target.client()
      let tokens = try await client.signIn("ada").start(.srp(password: FlowTarget.password)).finished().tokens
      let session = UserSession(client: client, tokens: tokens)
      try await session.signOut()
      let refreshToken = try #require(tokens.refreshToken)
      await #expect(throws: CognitoError(.refreshTokenRejected, "")) {
        try await client.renew(refreshToken: refreshToken, username: tokens.username)
      }
    },
    Flow("end all sessions of a user") { target in
      try await target.makeUser()
      let client = try await target.client()
      let tokens = try await client.signIn("ada").start(.srp(password: FlowTarget.password)).finished().tokens
      try await client.globalSignOut(accessToken: tokens.accessToken)
      await #expect(throws: CognitoError.self) { try await client.user(tokens).details() }
    },
  ]
}

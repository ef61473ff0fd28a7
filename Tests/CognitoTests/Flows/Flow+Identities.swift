import Cognito
import FoundationEssentials
import TestSupport
import Testing

/// AWS credentials for a signed-in user.
extension Flow {
  private static let poolID = "us-east-1:01234567-89ab-cdef-0123-456789abcdef"

  private static func pool(_ target: FlowTarget, _ token: @escaping @Sendable () async throws -> String) throws
    -> IdentityPool
  {
    try IdentityPool(
      id: poolID, userPool: target.pool, endpoint: target.pool.endpoint, transport: FlowTarget.transport,
      settings: target.settings, idToken: token)
  }

  static let identities: [Flow] = [
    Flow(
      "identity pool: an id token gives an identity and credentials, kept until they end",
      motoLacks: "refuses GetId without a signature"
    ) { target in
      try await target.makeUser()
      let client = try await target.client()
      let session = UserSession(client: client, tokens: try await target.signedIn(client))
      let identities = try pool(target) { try await session.token(.id) }
      let tasks = (0..<20).map { _ in Task { try await identities.credentials() } }
      for task in tasks { #expect(try await task.value.accessKeyID.isEmpty == false) }
      let identity = try await identities.identityID()
      #expect(identity.hasPrefix("us-east-1:"))
      #expect(try await identities.credentials().sessionToken != nil)
      #expect(try target.requests("GetId") == 1)
      #expect(try target.requests("GetCredentialsForIdentity") == 1)
      // Shortly before they end they are fetched anew, with an id token that is renewed as well.
      try target.advance(by: 3500)
      let expiration = try #require(try await identities.credentials().expiration)
      #expect(expiration > target.clock.now + 3000)
      #expect(try target.requests("GetId") == 1)
      #expect(try target.requests("GetCredentialsForIdentity") == 2)
      // The same user elsewhere is the same identity; another user is another.
      #expect(try await pool(target) { try await session.token(.id) }.identityID() == identity)
      try await target.makeUser("bob", attributes: [:])
      let bob = try await target.signedIn(client, "bob")
      #expect(try await pool(target) { bob.idToken }.identityID() != identity)
    },
    Flow(
      "identity pool: no id token, a forged one and an expired one get nothing",
      motoLacks: "refuses GetId without a signature"
    ) {
      target in
      try await target.makeUser()
      let client = try await target.client()
      let tokens = try await target.signedIn(client)
      let forged = String(tokens.idToken.dropLast(8)) + "AAAAAAAA"
      for token in [tokens.accessToken, forged, "no token"] {
        await #expect(throws: CognitoError(.notAuthorized, "")) {
          try await pool(target) { token }.credentials()
        }
      }
      await #expect(throws: CognitoError(.notAuthorized, "")) {
        try await IdentityPool(
          id: poolID, logins: { [:] }, endpoint: target.pool.endpoint, transport: FlowTarget.transport,
          settings: target.settings
        ).credentials()
      }
      try target.advance(by: 7200)
      await #expect(throws: CognitoError(.notAuthorized, "")) {
        try await pool(target) { tokens.idToken }.credentials()
      }
    },
  ]
}

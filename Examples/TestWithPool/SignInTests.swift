// Tests of a program that signs users in, against a pool of their own: no account, no network, no mocks.
//
//     swift test --package-path Examples --filter TestWithPool

import Cognito
import LocalPool
import Testing

/// What is tested: the part of a program that knows who is there.
struct Door {
  let client: UserPoolClient

  func enter(_ name: String, _ password: String) async throws -> TokenSet {
    let step = try await client.signIn(name).start(.srp(password: Secret(utf8: password)))
    guard case .done(let result) = step else { throw CognitoError(.notAuthorized, "Not without a second factor.") }
    return result.tokens
  }

  func groups(_ tokens: TokenSet) async throws -> [String] {
    try await client.verifier.verify(tokens.accessToken, use: .access).groups
  }
}

@Suite("the door")
struct SignInTests {
  private func withDoor(
    _ configuration: LocalUserPool.Configuration = .init(), _ body: (LocalUserPool, Door) async throws -> Void
  ) async throws {
    let pool = try await LocalUserPool.start(configuration)
    do {
      try pool.addUser(
        "ada", password: "Correct-horse-9", attributes: ["email": "ada@example.com", "email_verified": "true"],
        groups: ["staff"])
      let address = try UserPool(id: pool.userPoolID, endpoint: pool.endpoint)
      try await body(pool, Door(client: try UserPoolClient(pool: address, clientID: pool.clientID)))
    } catch {
      await pool.stop()
      throw error
    }
    await pool.stop()
  }

  @Test("lets people in with their groups, and nobody with a wrong password")
  func enters() async throws {
    try await withDoor { _, door in
      let tokens = try await door.enter("ada", "Correct-horse-9")
      let groups = try await door.groups(tokens)
      #expect(groups == ["staff"])
      await #expect { try await door.enter("ada", "wrong") } throws: { ($0 as? CognitoError)?.code == .notAuthorized }
    }
  }

  @Test("asks for a new sign-in when a month has gone by")
  func expires() async throws {
    try await withDoor { pool, door in
      let tokens = try await door.enter("ada", "Correct-horse-9")
      pool.advanceClock(by: .seconds(31 * 86_400))
      let refreshToken = try #require(tokens.refreshToken)
      await #expect {
        try await door.client.renew(refreshToken: refreshToken, username: tokens.username)
      } throws: { ($0 as? CognitoError)?.code == .refreshTokenRejected }
    }
  }

  @Test("a forgotten password is replaced with the code that was sent")
  func recovers() async throws {
    try await withDoor { pool, door in
      try await door.client.forgotPassword(username: "ada")
      let message = try #require(try pool.messages().last)
      #expect(message.destination == "ada@example.com")
      try await door.client.confirmForgotPassword(
        username: "ada", code: message.code ?? "", newPassword: Secret(utf8: "Other-horse-10"))
      _ = try await door.enter("ada", "Other-horse-10")
    }
  }

  @Test("one refusal for too many requests is no reason to turn anybody away")
  func throttled() async throws {
    var configuration = LocalUserPool.Configuration()
    configuration.allowsControl = true
    try await withDoor(configuration) { pool, door in
      pool.inject(
        Fault(.exception(type: "TooManyRequestsException", message: "Slow down.", status: 400), on: "InitiateAuth"))
      _ = try await door.enter("ada", "Correct-horse-9")
    }
  }
}

import Cognito
import FoundationEssentials
import TestSupport
import Testing

private let password = Secret(utf8: FakePool.password)

@Suite("Whose tokens a sign-in brings")
struct NamesTests {
  private func tokens(
    id: [String: JSONValue] = [:], access: [String: JSONValue] = [:], typed: String = "alice@example.com"
  ) async throws -> TokenSet {
    let pool = FakePool()
    pool.claim(id: id, access: access)
    return try finished(try await pool.client().signIn(typed).start(.srp(password: password))).tokens
  }

  @Test(
    "the pool's own name, whatever was typed", arguments: ["alice@example.com", "Internal-Alice", FakePool.username])
  func own(typed: String) async throws {
    let tokens = try await tokens(typed: typed)
    #expect(tokens.username == FakePool.username && tokens.subject == "sub-of-\(FakePool.username)")
  }

  @Test("one of the two tokens may leave the name out; a name that isn't there is not made up from the sub")
  func missing() async throws {
    #expect(try await tokens(id: ["cognito:username": .null]).username == FakePool.username)
    #expect(try await tokens(access: ["username": .null]).username == FakePool.username)
    for nothing in [JSONValue.null, "", 7] {
      await #expect(throws: CognitoError(.tokenClaimMismatch, "")) {
        try await tokens(id: ["cognito:username": nothing], access: ["username": nothing])
      }
    }
  }

  @Test("tokens of two users are refused, by sub or by name")
  func twoUsers() async {
    for claims in [["sub": "somebody-else"], ["username": "Internal-Alice"], ["username": ""]] as [[String: JSONValue]]
    {
      await #expect(throws: CognitoError(.tokenClaimMismatch, "")) { try await tokens(access: claims) }
    }
  }

  @Test("each token's end is its own, and the set's is the first of them")
  func ends() async throws {
    let now = FakePool.now
    for (access, id) in [(now + 300, now + 86_400), (now + 7200, now + 600)] {
      let tokens = try await tokens(id: ["exp": .int(id)], access: ["exp": .int(access)])
      #expect(tokens.accessExpiresAt.timeIntervalSince1970 == Double(access))
      #expect(tokens.expiresAt(.id).timeIntervalSince1970 == Double(id))
      #expect(tokens.expiresAt.timeIntervalSince1970 == Double(min(access, id)))
      #expect(!tokens.isExpired(at: tokens.expiresAt - 1) && tokens.isExpired(at: tokens.expiresAt))
    }
  }
}

import Cognito
import FoundationEssentials
import LocalPool
import Testing

@Suite("signing keys of one's own")
struct PublishedKeysTests {
  struct Unreadable: Error {}

  @Test("verify what the pool signed, over a transport of one's own; and nothing when they can't be read")
  func verify() async throws {
    let pool = try await LocalUserPool.start()
    do {
      try pool.addUser("ada", password: "Correct-horse-9")
      let address = try UserPool(id: pool.userPoolID, endpoint: pool.endpoint)
      let other = CurlClient()
      let published = try await other.fetch("GET", address.keysURL, [:], []).body
      let keys = PublishedKeys { published }
      let client = try UserPoolClient(
        pool: address, clientID: pool.clientID, transport: OtherClientTransport(client: other), keys: keys)
      let step = try await client.signIn("ada").start(.srp(password: Secret(utf8: "Correct-horse-9")))
      guard case .done(let result) = step else { throw CognitoError(.unexpectedAnswer, "Not signed in: \(step)") }
      #expect(try await client.verifier.verify(result.tokens.accessToken, use: .access).username == "ada")

      let unreadable = TokenVerifier([
        .init(issuer: address.issuer, clients: .anyOfThePool, keys: PublishedKeys { throw Unreadable() })
      ])
      await #expect(throws: CognitoError(.unreachable, "")) {
        try await unreadable.verify(result.tokens.accessToken, use: .access)
      }
    } catch {
      await pool.stop()
      throw error
    }
    await pool.stop()
  }
}

/// A real client in the other's words; here it is the library's own.
private struct CurlClient: OtherClient {
  let transport = CurlTransport()

  func fetch(_ method: String, _ url: String, _ fields: [String: String], _ body: [UInt8]) async throws -> OtherAnswer {
    let headers = fields.map { HTTPRequest.Header($0.key, $0.value) }
    let answer = try await transport.send(
      HTTPRequest(method: method, url: url, headers: headers, body: body), deadline: .now + .seconds(10))
    return OtherAnswer(status: answer.status, fields: answer.headers, body: answer.body)
  }
}

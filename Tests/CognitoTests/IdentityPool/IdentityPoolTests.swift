import Cognito
import FoundationEssentials
import Synchronization
import TestSupport
import Testing

@Suite("Identity pools")
struct IdentityPoolTests {
  static let id = "eu-north-1:01234567-89ab-cdef-0123-456789abcdef"

  /// Counts what it is asked; its credentials end an hour after `now`.
  final class Service: Sendable {
    let time = Mutex(1_800_000_000.0)
    let isDown = Mutex(false)
    var now: @Sendable () -> Date { { self.time.withLock { Date(timeIntervalSince1970: $0) } } }

    var transport: ScriptedTransport {
      ScriptedTransport { _, request in
        if self.isDown.withLock({ $0 }) { throw CognitoError(.unreachable, "down") }
        let answer: JSONValue =
          request.header("x-amz-target") == "AWSCognitoIdentityService.GetId"
          ? ["IdentityId": "eu-north-1:identity"]
          : [
            "IdentityId": "eu-north-1:identity",
            "Credentials": [
              "AccessKeyId": "ASIA1", "SecretKey": "sk", "SessionToken": "st",
              "Expiration": .double(self.time.withLock { $0 } + 3600),
            ],
          ]
        return HTTPResponse(status: 200, body: answer.serialized())
      }
    }
  }

  static func pool(_ service: Service, _ transport: ScriptedTransport) throws -> IdentityPool {
    try IdentityPool(
      id: id, userPool: UserPool(id: ServiceScript.poolID), transport: transport,
      settings: .init(retry: .never, now: service.now)
    ) { "id-token" }
  }

  @Test("the id token goes to GetId and GetCredentialsForIdentity, unsigned")
  func calls() async throws {
    let service = Service()
    let transport = service.transport
    let pool = try Self.pool(service, transport)
    let credentials = try await pool.credentials()
    #expect(credentials.accessKeyID == "ASIA1")
    #expect(credentials.sessionToken == "st")
    #expect(credentials.expiration == Date(timeIntervalSince1970: 1_800_003_600))
    #expect(try await pool.identityID() == "eu-north-1:identity")
    let logins: JSONValue = ["cognito-idp.eu-north-1.amazonaws.com/eu-north-1_TestPool1": "id-token"]
    let bodies = try transport.requests.map { try JSONValue.parse($0.body) }
    #expect(
      bodies == [
        ["IdentityPoolId": .string(Self.id), "Logins": logins],
        ["IdentityId": "eu-north-1:identity", "Logins": logins],
      ])
    #expect(transport.requests.allSatisfy { $0.url == "https://cognito-identity.eu-north-1.amazonaws.com/" })
    #expect(transport.requests.allSatisfy { $0.header("authorization") == nil })
  }

  @Test("credentials are kept until five minutes before their end; the identity for good")
  func caching() async throws {
    let service = Service()
    let transport = service.transport
    let pool = try Self.pool(service, transport)
    _ = try await pool.credentials()
    service.time.withLock { $0 += 3299 }
    _ = try await pool.credentials()
    #expect(transport.count == 2)
    service.time.withLock { $0 += 2 }
    _ = try await pool.credentials()
    #expect(transport.count == 3)
  }

  @Test("a failure to renew leaves credentials that are still valid in use, and no longer than that")
  func outage() async throws {
    let service = Service()
    let pool = try Self.pool(service, service.transport)
    _ = try await pool.credentials()
    service.isDown.withLock { $0 = true }
    service.time.withLock { $0 += 3500 }
    #expect(try await pool.credentials().accessKeyID == "ASIA1")
    service.time.withLock { $0 += 200 }
    await #expect(throws: CognitoError(.unreachable, "")) { try await pool.credentials() }
  }

  @Test("a hundred callers cause one fetch, and cancelling one doesn't cancel the rest")
  func concurrent() async throws {
    let service = Service()
    let transport = service.transport
    let pool = try Self.pool(service, transport)
    let doomed = Task { try await pool.credentials() }
    doomed.cancel()
    let keys = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<100 { group.addTask { try await pool.credentials().accessKeyID } }
      return try await group.reduce(into: Set<String>()) { $0.insert($1) }
    }
    #expect(keys == ["ASIA1"])
    #expect(transport.count == 2)
  }

  @Test("a guest sends no logins, and a known identity isn't asked for")
  func guest() async throws {
    let service = Service()
    let transport = service.transport
    let pool = try IdentityPool(
      id: Self.id, identity: "eu-north-1:known", logins: { [:] }, customRoleARN: "arn", transport: transport,
      settings: .init(retry: .never, now: service.now))
    _ = try await pool.credentials()
    #expect(transport.count == 1)
    #expect(
      try JSONValue.parse(transport.requests[0].body) == ["IdentityId": "eu-north-1:known", "CustomRoleArn": "arn"])
  }

  @Test("ids that are none are refused", arguments: ["", "eu-north-1", ":x", "eu-north-1:", "a b:c", "A:b", "a:b:c"])
  func badIDs(_ id: String) {
    #expect(throws: CognitoError(.invalidConfiguration, "")) { try IdentityPool(id: id, logins: { [:] }) }
  }
}

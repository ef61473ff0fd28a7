import Cognito
import FoundationEssentials
import LocalPool
import TestSupport
import Testing

/// cognito-pool itself, over HTTP on loopback, with a pool, a client and a user for one test.
struct PoolFixture {
  static let username = "ada"
  static let password = Secret(utf8: "Lovelace-1815!")

  let server: LocalUserPool
  let poolId: String
  let client: UserPoolClient
  let transport: CountingTransport
  private let clock = ShiftedClock()

  /// - Parameters:
  ///   - pool: more settings of CreateUserPool.
  ///   - mfa: settings of SetUserPoolMfaConfig.
  ///   - client: more settings of CreateUserPoolClient.
  static func with(
    pool: [String: JSONValue] = [:], mfa: [String: JSONValue]? = nil, client: [String: JSONValue] = [:],
    email: String? = nil, _ body: (PoolFixture) async throws -> Void
  ) async throws {
    let server = try await LocalUserPool.start()
    do {
      try await body(PoolFixture(server, pool, mfa, client, email))
    } catch {
      await server.stop()
      throw error
    }
    await server.stop()
  }

  private init(
    _ server: LocalUserPool, _ pool: [String: JSONValue], _ mfa: [String: JSONValue]?, _ client: [String: JSONValue],
    _ email: String?
  ) throws {
    self.server = server
    let made = try server.perform("CreateUserPool", pool.merging(["PoolName": "test"]) { own, _ in own })
    poolId = try #require(made["UserPool"]?["Id"]?.string)
    let on: [String: JSONValue] = ["UserPoolId": .string(poolId)]
    if let mfa { try server.perform("SetUserPoolMfaConfig", mfa.merging(on) { own, _ in own }) }
    let flows: JSONValue = [
      "ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_USER_AUTH",
      "ALLOW_REFRESH_TOKEN_AUTH",
    ]
    let settings = client.merging(on) { own, _ in own }
      .merging(["ClientName": "test", "ExplicitAuthFlows": flows]) { own, _ in own }
    let wire = try server.perform("CreateUserPoolClient", settings)["UserPoolClient"]
    transport = CountingTransport()
    self.client = try UserPoolClient(
      pool: UserPool(id: poolId, endpoint: server.endpoint), clientId: #require(wire?["ClientId"]?.string),
      clientSecret: wire?["ClientSecret"]?.string.map(Secret.init(utf8:)),
      credentials: AWSCredentials(accessKeyId: "any", secretAccessKey: Secret(utf8: "any")), transport: transport,
      settings: .init(
        timeout: .seconds(240), attemptTimeout: .seconds(120),
        now: { [clock] in clock.now }))
    var attributes: [JSONValue] = []
    if let email {
      attributes = [["Name": "email", "Value": .string(email)], ["Name": "email_verified", "Value": "true"]]
    }
    try server.perform(
      "AdminCreateUser",
      on.merging([
        "Username": .string(Self.username), "MessageAction": "SUPPRESS", "UserAttributes": .array(attributes),
        "TemporaryPassword": "Temporary-1!",
      ]) { own, _ in own })
    try setPassword(permanent: true)
  }

  func setPassword(permanent: Bool) throws {
    try server.perform(
      "AdminSetUserPassword",
      [
        "UserPoolId": .string(poolId), "Username": .string(Self.username),
        "Password": .string(Self.password.revealed() ?? ""), "Permanent": .bool(permanent),
      ])
  }

  /// Lets time pass, for the pool and for the client.
  func advance(by seconds: Double) {
    server.advanceClock(by: seconds)
    clock.advance(by: seconds)
  }

  func signIn(_ device: RememberedDevice? = nil) async throws -> SignInStep {
    try await client.signIn(Self.username, device: device).start(.srp(password: Self.password))
  }

  func tokens() async throws -> TokenSet { try finished(try await signIn()).tokens }
}

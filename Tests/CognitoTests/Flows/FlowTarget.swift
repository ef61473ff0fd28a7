import Cognito
import FoundationEssentials
import LocalPool
import TestSupport

/// A server that speaks as a user pool does, with a user pool of its own for one flow.
struct FlowTarget: Sendable {
  static let password = Secret(utf8: "Correct-Horse-1")

  let pool: UserPool
  let administrator: UserPoolAdministrator
  /// In this process; `nil` for another server.
  let local: LocalUserPool?
  /// What the clients made here go by.
  let clock: ShiftedClock
  private let service: ServiceClient
  let settings: ServiceClient.Settings
  static let transport = CurlTransport()
  private static let credentials = AWSCredentials(
    accessKeyID: "AKIATESTTESTTESTTEST", secretAccessKey: Secret(utf8: "testing"))

  /// Takes the local pool, or makes one with settings of CreateUserPool.
  ///
  /// - Parameter issuer: what stands before the pool's id in the issuer; the endpoint when not given.
  init(endpoint: String, issuer: String? = nil, local: LocalUserPool?, poolSettings: JSONValue) async throws {
    self.local = local
    let clock = ShiftedClock()
    self.clock = clock
    settings = ServiceClient.Settings(
      timeout: .seconds(240), attemptTimeout: .seconds(120), retry: .never, now: { clock.now })
    service = ServiceClient(
      .userPools, region: "us-east-1", endpoint: endpoint, transport: Self.transport, credentials: Self.credentials,
      settings: settings)
    var input = poolSettings.object ?? [:]
    let id: String
    if let local, input.isEmpty {
      // The pool that it has made; another one would have to make its own RSA keys.
      id = local.userPoolID
    } else {
      input["PoolName"] = "flow"
      id = try await service.call("CreateUserPool", .object(input))["UserPool"]?["Id"]?.string ?? ""
    }
    pool = try UserPool(id: id, region: "us-east-1", endpoint: endpoint, issuer: issuer.map { "\($0)/\(id)" })
    administrator = UserPoolAdministrator(
      pool: pool, credentials: Self.credentials, transport: Self.transport, settings: settings)
  }

  /// Changes settings of the pool that CreateUserPool doesn't take.
  @discardableResult
  func call(_ operation: String, _ members: [String: JSONValue]) async throws -> JSONValue {
    var members = members
    members["UserPoolId"] = .string(pool.id)
    return try await service.call(operation, .object(members))
  }

  /// Turns second factors on.
  func setMFA(_ mode: String, _ factors: [MFAFactor]) async throws {
    var members: [String: JSONValue] = ["MfaConfiguration": .string(mode)]
    if factors.contains(.softwareToken) { members["SoftwareTokenMfaConfiguration"] = ["Enabled": true] }
    if factors.contains(.email) { members["EmailMfaConfiguration"] = ["Message": "Your code is {####}."] }
    if factors.contains(.sms) {
      members["SmsMfaConfiguration"] = [
        "SmsConfiguration": ["SnsCallerArn": "arn:aws:iam::123456789012:role/sms", "ExternalId": "flow"]
      ]
    }
    try await call("SetUserPoolMfaConfig", members)
  }

  /// An app client for all the flows, with a secret or without.
  func client(
    hasSecret: Bool = false, _ change: @Sendable (inout AppClientSettings) -> Void = { _ in }
  ) async throws -> UserPoolClient {
    var app = AppClientSettings(name: "flow")
    app.authFlows = [
      "ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH",
      "ALLOW_CUSTOM_AUTH",
    ]
    change(&app)
    let made = try await administrator.createAppClient(app, hasSecret: hasSecret)
    return try UserPoolClient(
      pool: pool, clientID: made.id, clientSecret: made.secret, credentials: Self.credentials,
      transport: Self.transport, settings: settings)
  }

  /// A user who can sign in with ``password``, with verified addresses.
  func makeUser(_ name: String = "ada", attributes: UserAttributes = [.email: "ada@example.com"]) async throws {
    var attributes = attributes
    if attributes[.email] != nil { attributes[.emailVerified] = "true" }
    if attributes[.phoneNumber] != nil { attributes[.phoneNumberVerified] = "true" }
    try await administrator.createUser(NewUser(username: name, attributes: attributes, invitation: .suppress))
    try await administrator.setPassword(Self.password, of: name, permanent: true)
  }

  /// A signed-in user.
  func signedIn(_ client: UserPoolClient, _ name: String = "ada") async throws -> TokenSet {
    try await client.signIn(name).start(.srp(password: Self.password)).finished().tokens
  }
}

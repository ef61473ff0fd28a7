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
  private let service: ServiceClient
  private static let settings = ServiceClient.Settings(retry: .never)
  private static let transport = CurlTransport()
  private static let credentials = AWSCredentials(
    accessKeyId: "AKIATESTTESTTESTTEST", secretAccessKey: Secret(utf8: "testing"))

  /// Takes the local pool, or makes one with settings of CreateUserPool.
  ///
  /// - Parameter issuer: what stands before the pool's id in the issuer; the endpoint when not given.
  init(endpoint: String, issuer: String? = nil, local: LocalUserPool?, poolSettings: JSONValue) async throws {
    self.local = local
    service = ServiceClient(
      .userPools, region: "us-east-1", endpoint: endpoint, transport: Self.transport, credentials: Self.credentials,
      settings: Self.settings)
    var input = poolSettings.object ?? [:]
    let id: String
    if let local, input.isEmpty {
      // The pool that it has made; another one would have to make its own RSA keys.
      id = local.userPoolId
    } else {
      input["PoolName"] = "flow"
      id = try await service.call("CreateUserPool", .object(input))["UserPool"]?["Id"]?.string ?? ""
    }
    pool = try UserPool(id: id, region: "us-east-1", endpoint: endpoint, issuer: issuer.map { "\($0)/\(id)" })
    administrator = UserPoolAdministrator(
      pool: pool, credentials: Self.credentials, transport: Self.transport, settings: Self.settings)
  }

  /// Changes settings of the pool that CreateUserPool doesn't take.
  func call(_ operation: String, _ members: [String: JSONValue]) async throws {
    var members = members
    members["UserPoolId"] = .string(pool.id)
    _ = try await service.call(operation, .object(members))
  }

  /// An app client for all the flows, with a secret or without.
  func client(
    hasSecret: Bool = false, _ change: @Sendable (inout AppClientSettings) -> Void = { _ in }
  ) async throws -> UserPoolClient {
    var settings = AppClientSettings(name: "flow")
    settings.authFlows = [
      "ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH",
      "ALLOW_CUSTOM_AUTH",
    ]
    change(&settings)
    let made = try await administrator.createAppClient(settings, hasSecret: hasSecret)
    return try UserPoolClient(
      pool: pool, clientId: made.id, clientSecret: made.secret, credentials: Self.credentials,
      transport: Self.transport, settings: Self.settings)
  }

  /// A user who can sign in with ``password``.
  func makeUser(_ name: String = "ada", attributes: UserAttributes = [.email: "ada@example.com"]) async throws {
    var attributes = attributes
    if attributes[.email] != nil { attributes[.emailVerified] = "true" }
    try await administrator.createUser(NewUser(username: name, attributes: attributes, invitation: .suppress))
    try await administrator.setPassword(Self.password, of: name, permanent: true)
  }

  /// The newest code that was sent. Another server than ours takes any.
  func lastCode() throws -> String {
    guard let local else { return "123456" }
    let messages = try local.context.store.read { try $0.outbox.list(pool: pool.id, limit: 1000) }
    return messages.last?.code ?? ""
  }
}

extension SignInStep {
  /// The end of a sign-in, where it must be one.
  func finished() throws -> SignInResult {
    guard case .done(let result) = self else { throw UnexpectedStep(step: "\(self)") }
    return result
  }
}

struct UnexpectedStep: Error { let step: String }

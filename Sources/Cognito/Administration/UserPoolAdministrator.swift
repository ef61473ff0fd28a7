/// What an administrator may do with a user pool. Every call is signed with AWS credentials.
public struct UserPoolAdministrator: Sendable {
  /// The user pool.
  public let pool: UserPool
  let service: ServiceClient

  /// - Parameters:
  ///   - pool: the user pool.
  ///   - credentials: what signs the calls, such as ``AWSCredentialsChain/standard(profile:surroundings:transport:)``.
  ///   - transport: how to reach the network.
  ///   - settings: deadlines and retries.
  public init(
    pool: UserPool, credentials: any AWSCredentialsProvider, transport: any HTTPTransport = CurlTransport(),
    settings: ServiceClient.Settings = .init()
  ) {
    self.pool = pool
    service = ServiceClient(
      .userPools, region: pool.region, endpoint: pool.endpoint, transport: transport, credentials: credentials,
      settings: settings)
  }

  init(pool: UserPool, service: ServiceClient) {
    self.pool = pool
    self.service = service
  }

  @discardableResult
  func call(_ operation: String, _ input: [String: JSONValue?]) async throws(CognitoError) -> JSONValue {
    try await service.call(operation, .fields(withPool(input)))
  }

  /// A call about one user.
  @discardableResult
  func call(_ operation: String, user: String, _ input: [String: JSONValue?] = [:]) async throws(CognitoError)
    -> JSONValue
  {
    var input = input
    input["Username"] = try .username(user)
    return try await call(operation, input)
  }

  func pages<Element: Sendable>(
    _ operation: String, _ input: [String: JSONValue?] = [:], list: String, tokenName: String = "NextToken",
    _ element: @escaping @Sendable (JSONValue) throws -> Element
  ) -> PagedSequence<Element> {
    service.pages(operation, withPool(input), list: list, tokenName: tokenName, element)
  }

  private func withPool(_ input: [String: JSONValue?]) -> [String: JSONValue?] {
    var input = input
    input["UserPoolId"] = .string(pool.id)
    return input
  }
}

extension UserPoolClient {
  /// The pool's administration, signed with the AWS credentials that this client was made with.
  public var administrator: UserPoolAdministrator { UserPoolAdministrator(pool: pool, service: service) }
}

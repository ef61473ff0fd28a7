import SystemSupport

/// An app client of a user pool: the start of everything that this library does. A value; copies share connections
/// and fetched keys.
public struct UserPoolClient: Sendable {
  /// The user pool.
  public let pool: UserPool
  /// The app client's id.
  public let clientID: String
  /// The app client's secret, if it has one.
  public let clientSecret: Secret?
  /// Sends any operation of the user-pool service, also those that have no method here.
  public let service: ServiceClient
  /// Checks this client's tokens.
  public let verifier: TokenVerifier

  /// - Parameters:
  ///   - pool: the user pool.
  ///   - clientID: the app client's id.
  ///   - clientSecret: the app client's secret, if it has one.
  ///   - credentials: AWS credentials, for operations that administer the pool. Signing in needs none.
  ///   - transport: how to reach the network.
  ///   - settings: deadlines and retries.
  ///   - keys: the pool's signing keys, where they are not to be fetched; when not given, those that the pool publishes.
  ///     Nothing else decides which keys are trusted: a program that wants to be told by its environment says so with
  ///     ``JWKS/fromEnvironment()``.
  /// - Throws: ``CognitoError/Code/invalidConfiguration``.
  public init(
    pool: UserPool, clientID: String, clientSecret: Secret? = nil,
    credentials: (any AWSCredentialsProvider)? = nil, transport: any HTTPTransport = CurlTransport(),
    settings: ServiceClient.Settings = .init(), keys: (any KeySource)? = nil
  ) throws(CognitoError) {
    guard PoolRules.clientID.accepts(clientID) else {
      throw CognitoError(.invalidConfiguration, "The client id is unfit: it must be \(PoolRules.clientID.form).")
    }
    self.pool = pool
    self.clientID = clientID
    self.clientSecret = clientSecret
    service = ServiceClient(
      .userPools, region: pool.region, endpoint: pool.endpoint, transport: transport, credentials: credentials,
      settings: settings)
    verifier = TokenVerifier(
      pool: pool, clients: [clientID], keys: keys, transport: transport, now: settings.now)
  }

  /// The SECRET_HASH for a user name; `nil` for a client without secret.
  package func secretHash(for username: String) -> String? {
    clientSecret.map { SecretHash.compute(username: username, clientID: clientID, clientSecret: $0) }
  }
}

import FoundationEssentials
import SystemSupport

/// Sends operations in AWS's JSON protocol (`application/x-amz-json-1.1`) to one endpoint: signs what must be signed,
/// repeats what may be repeated, and turns every failure into a ``CognitoError``.
public struct ServiceClient: Sendable {
  /// Which service is spoken to.
  @nonexhaustive
  public enum Kind: Sendable {
    /// Amazon Cognito user pools (`cognito-idp`).
    case userPools
    /// Amazon Cognito identity pools (`cognito-identity`).
    case identityPools

    var targetPrefix: String {
      switch self {
      case .userPools: "AWSCognitoIdentityProviderService"
      case .identityPools: "AWSCognitoIdentityService"
      }
    }

    var signingName: String {
      switch self {
      case .userPools: "cognito-idp"
      case .identityPools: "cognito-identity"
      }
    }
  }

  /// Whether a call is signed with AWS credentials.
  @nonexhaustive
  public enum Authentication: Sendable {
    /// No signature: what proves the caller is in the body, such as an access token.
    case none
    /// AWS Signature Version 4.
    case signed
  }

  /// Deadlines, retries and the clock.
  public struct Settings: Sendable {
    /// Longest time for a call with all its attempts.
    public var timeout: Duration
    /// Longest time for one attempt.
    public var attemptTimeout: Duration
    /// The same for operations that may run Lambda functions of the pool. Cognito gives each of them five seconds and
    /// calls it up to three times, so a first call of the morning may take fifteen.
    public var triggerTimeout: Duration
    /// Attempts and waits.
    public var retry: RetryPolicy
    /// The clock that tokens and signatures are checked and made with.
    public var now: @Sendable () -> Date

    /// 45 seconds for a call, 10 for an attempt, 20 where Lambda functions of the pool may run.
    ///
    /// - Parameters:
    ///   - timeout: for a call with all its attempts.
    ///   - attemptTimeout: for one attempt.
    ///   - triggerTimeout: for one attempt of an operation that may run Lambda functions of the pool.
    ///   - retry: attempts and waits.
    ///   - now: the clock.
    public init(
      timeout: Duration = .seconds(45), attemptTimeout: Duration = .seconds(10),
      triggerTimeout: Duration = .seconds(20), retry: RetryPolicy = RetryPolicy(),
      now: @escaping @Sendable () -> Date = { Date() }
    ) {
      self.timeout = timeout
      self.attemptTimeout = attemptTimeout
      self.triggerTimeout = triggerTimeout
      self.retry = retry
      self.now = now
    }
  }

  let kind: Kind
  private let region: String
  private let endpoint: String
  private let credentials: (any AWSCredentialsProvider)?
  /// How requests are carried.
  package let transport: any HTTPTransport
  /// Deadlines, retries and the clock.
  public let settings: Settings

  /// - Parameters:
  ///   - kind: which service.
  ///   - region: for the signature.
  ///   - endpoint: https, or http on this machine.
  ///   - transport: how to reach it.
  ///   - credentials: for operations that must be signed.
  ///   - settings: deadlines, retries and the clock.
  public init(
    _ kind: Kind, region: String, endpoint: String, transport: any HTTPTransport,
    credentials: (any AWSCredentialsProvider)? = nil, settings: Settings = Settings()
  ) {
    self.kind = kind
    self.region = region
    self.endpoint = endpoint
    self.transport = transport
    self.credentials = credentials
    self.settings = settings
  }

  /// Sends one operation by its name and waits for its answer. Outside of this package: ``OpenOperation``.
  ///
  /// - Parameters:
  ///   - operation: its name, such as "AdminGetUser".
  ///   - body: its input, an object.
  ///   - auth: `nil` for what the service's model says.
  ///   - repeatable: whether it may be sent again when it is not known what became of it; `nil` for what is known of
  ///     the operation: reads are, most changes are not.
  /// - Returns: its output, an object.
  /// - Throws: ``CognitoError``.
  package func call(
    _ operation: String, _ body: JSONValue, auth: Authentication? = nil, repeatable: Bool? = nil
  ) async throws(CognitoError) -> JSONValue {
    var bytes = body.serialized()
    // Passwords and tokens were in there.
    defer { wipe(&bytes) }
    let isRepeatable = repeatable ?? OperationModel.isRepeatable(operation)
    let request = HTTPRequest(
      method: "POST", url: endpoint + "/",
      headers: [
        .init("Content-Type", "application/x-amz-json-1.1"),
        .init("X-Amz-Target", "\(kind.targetPrefix).\(operation)"),
      ], body: bytes, isRepeatable: isRepeatable)
    let isSigned = (auth ?? (OperationModel.unsigned.contains(operation) ? .none : .signed)) == .signed
    let limit = OperationModel.runsTriggers(operation) ? settings.triggerTimeout : settings.attemptTimeout
    let deadline = ContinuousClock.now + settings.timeout
    var attempt = 1
    while true {
      do {
        return try await attemptCall(isSigned ? sign(request) : request, min(deadline, .now + limit))
      } catch {
        guard let delay = settings.retry.delay(after: error, attempt: attempt, isRepeatable: isRepeatable),
          ContinuousClock.now + delay < deadline
        else { throw error }
        try await wait(delay)
        attempt += 1
      }
    }
  }

  private func attemptCall(_ request: HTTPRequest, _ deadline: ContinuousClock.Instant) async throws(CognitoError)
    -> JSONValue
  {
    let response = try await transport.send(request, deadline: deadline)
    guard response.status == 200 else { throw ServiceError.error(response, now: settings.now()) }
    // Some servers answer operations without output with nothing at all.
    if response.body.isEmpty { return .object([:]) }
    let output = try JSONValue.parse(response.body)
    guard case .object = output else {
      throw CognitoError(.malformedResponse, "The endpoint's answer is not a JSON object.")
    }
    return output
  }

  private func sign(_ request: HTTPRequest) async throws(CognitoError) -> HTTPRequest {
    guard let credentials else {
      throw CognitoError(
        .credentialsNotFound, "This operation must be signed with AWS credentials, and there are none.")
    }
    return try SigV4(region: region, service: kind.signingName)
      .sign(request, with: try await credentials.credentials(), at: settings.now())
  }

  private func wait(_ delay: Duration) async throws(CognitoError) {
    do {
      try await settings.retry.sleep(delay)
    } catch {
      throw CognitoError(.cancelled, "The call was cancelled.")
    }
  }
}

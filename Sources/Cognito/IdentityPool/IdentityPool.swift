import FoundationEssentials

/// An identity pool: gives AWS credentials to a user who has signed in, or to a guest.
///
/// It is a source of AWS credentials like any other: hand it to ``UserPoolAdministrator`` or to a signer. Credentials
/// are kept until shortly before they end, and the identity for good. However many callers wait, the service is asked
/// once at a time.
public actor IdentityPool: AWSCredentialsProvider {
  /// The pool's id, such as "eu-north-1:01234567-89ab-cdef-0123-456789abcdef".
  public nonisolated let id: String

  private let service: ServiceClient
  private let logins: @Sendable () async throws -> [String: String]
  private let customRoleARN: String?
  private let margin: TimeInterval
  private var identity: String?
  private var kept: AWSCredentials?
  private var fetch: Task<(identity: String, credentials: AWSCredentials), any Error>?

  /// - Parameters:
  ///   - id: the identity pool's id.
  ///   - identity: the user's identity in the pool, if it is known from before.
  ///   - logins: gives an id token for each identity provider's name, anew for each use, so that it can renew them;
  ///     none for a guest.
  ///   - customRoleARN: which role to take, where the tokens allow several.
  ///   - margin: how long before their end credentials are fetched anew.
  ///   - endpoint: AWS's for the region of the id when not given.
  ///   - transport: how to reach the network.
  ///   - settings: deadlines, retries and the clock.
  /// - Throws: ``CognitoError/Code/invalidConfiguration``.
  public init(
    id: String, identity: String? = nil, logins: @escaping @Sendable () async throws -> [String: String],
    customRoleARN: String? = nil, margin: Duration = .seconds(300), endpoint: String? = nil,
    transport: any HTTPTransport = CurlTransport(), settings: ServiceClient.Settings = .init()
  ) throws(CognitoError) {
    let parts = id.split(separator: ":", omittingEmptySubsequences: false)
    let isName: (Substring) -> Bool = { part in
      !part.isEmpty && part.utf8.allSatisfy { $0 == 0x2d || (0x30...0x39).contains($0) || (0x61...0x7a).contains($0) }
    }
    guard id.utf8.count <= 55, parts.count == 2, parts.allSatisfy(isName) else {
      throw CognitoError(
        .invalidConfiguration, "Not an identity pool id: it must look like eu-north-1:01234567-89ab-….")
    }
    let region = String(parts[0])
    self.id = id
    self.identity = identity
    self.logins = logins
    self.customRoleARN = customRoleARN
    self.margin = margin / .seconds(1)
    service = ServiceClient(
      .identityPools, region: region,
      endpoint: endpoint ?? "https://cognito-identity.\(region).\(AWSPartition(region: region).domain)",
      transport: transport, settings: settings)
  }

  /// For a user of a user pool.
  ///
  /// - Parameters:
  ///   - id: the identity pool's id.
  ///   - userPool: the user pool that the identity pool trusts.
  ///   - endpoint: AWS's for the region of the id when not given.
  ///   - transport: how to reach the network.
  ///   - settings: deadlines, retries and the clock.
  ///   - idToken: gives a valid id token, renewing it if need be.
  /// - Throws: ``CognitoError/Code/invalidConfiguration``.
  public init(
    id: String, userPool: UserPool, endpoint: String? = nil, transport: any HTTPTransport = CurlTransport(),
    settings: ServiceClient.Settings = .init(), idToken: @escaping @Sendable () async throws -> String
  ) throws(CognitoError) {
    // The provider's name is the issuer without its scheme.
    let name = userPool.issuer.firstRange(of: "://").map { String(userPool.issuer[$0.upperBound...]) }
    let provider = name ?? userPool.issuer
    try self.init(
      id: id, logins: { [provider: try await idToken()] }, endpoint: endpoint, transport: transport,
      settings: settings)
  }

  /// The user's identity in the pool (GetId); it stays the same.
  ///
  /// - Throws: ``CognitoError``.
  public func identityID() async throws(CognitoError) -> String {
    if let identity { return identity }
    return try await fetched().identity
  }

  /// AWS credentials for the user (GetCredentialsForIdentity).
  ///
  /// - Throws: ``CognitoError``.
  public func credentials() async throws(CognitoError) -> AWSCredentials {
    if let kept, remaining(kept) > margin { return kept }
    do {
      return try await fetched().credentials
    } catch {
      // What is still valid is better than a failure to fetch new ones.
      if let kept, remaining(kept) > 0, !Task.isCancelled { return kept }
      throw error
    }
  }

  private func remaining(_ credentials: AWSCredentials) -> TimeInterval {
    credentials.expiration?.timeIntervalSince(service.settings.now()) ?? .infinity
  }

  /// One fetch for all who wait, in a task of its own: a caller that is cancelled doesn't take it from the rest.
  private func fetched() async throws(CognitoError) -> (identity: String, credentials: AWSCredentials) {
    if let fetch { return try await CognitoError.typed { try await fetch.value } }
    let task = Task { [service, logins, identity, id, customRoleARN] in
      try await Self.fetch(service, pool: id, identity: identity, logins: logins(), role: customRoleARN)
    }
    fetch = task
    defer { fetch = nil }
    let result = try await CognitoError.typed { try await task.value }
    (identity, kept) = (result.identity, result.credentials)
    return result
  }

  private static func fetch(
    _ service: ServiceClient, pool: String, identity: String?, logins: [String: String], role: String?
  ) async throws(CognitoError) -> (identity: String, credentials: AWSCredentials) {
    let wireLogins = JSONValue.texts(logins)
    var identity = identity
    if identity == nil {
      // Asked twice with the same logins, the service gives the same identity. Without logins each call makes a new
      // guest: then it is not repeated.
      let output = try await service.call(
        "GetId", .fields(["IdentityPoolId": .string(pool), "Logins": wireLogins]), repeatable: !logins.isEmpty)
      identity = output["IdentityId"]?.string
    }
    guard let identity else {
      throw CognitoError(.malformedResponse, "The identity pool gave no identity.")
    }
    let output = try await service.call(
      "GetCredentialsForIdentity",
      .fields(["IdentityId": .string(identity), "Logins": wireLogins, "CustomRoleArn": role.map { .string($0) }]))
    guard let wire = output["Credentials"], let key = wire["AccessKeyId"]?.string,
      let secret = wire["SecretKey"]?.string, let expiration = wire.date("Expiration")
    else {
      throw CognitoError(.malformedResponse, "The identity pool gave no complete credentials.")
    }
    // The service may move a guest's identity to the one that the logins have already.
    return (
      output["IdentityId"]?.string ?? identity,
      AWSCredentials(
        accessKeyID: key, secretAccessKey: Secret(utf8: secret), sessionToken: wire["SessionToken"]?.string,
        expiration: expiration)
    )
  }
}

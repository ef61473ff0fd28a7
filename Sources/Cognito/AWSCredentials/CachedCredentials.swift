import FoundationEssentials

/// Keeps another provider's credentials until shortly before they end.
///
/// However many callers wait, the provider is asked once at a time, in a task of its own: a caller that is cancelled
/// doesn't take the answer from the rest.
public actor CachedCredentials: AWSCredentialsProvider {
  private let provider: any AWSCredentialsProvider
  private let margin: TimeInterval
  private let now: @Sendable () -> Date
  private var kept: AWSCredentials?
  private var fetch: Task<AWSCredentials, any Error>?

  /// - Parameters:
  ///   - provider: where the credentials come from.
  ///   - margin: how long before their end new ones are fetched.
  ///   - now: the clock.
  public init(
    _ provider: any AWSCredentialsProvider, margin: Duration = .seconds(300),
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.provider = provider
    self.margin = margin / .seconds(1)
    self.now = now
  }

  /// The kept credentials, or new ones when they are about to end. Old ones that are still valid are better than a
  /// failure to fetch new ones.
  ///
  /// - Throws: what the provider throws, when no credentials that are still valid are kept.
  public func credentials() async throws(CognitoError) -> AWSCredentials {
    if let kept, remaining(kept) > margin { return kept }
    do {
      let fresh = try await fetched()
      kept = fresh
      return fresh
    } catch {
      if Task.isCancelled { throw CognitoError(.cancelled, "The call was cancelled.") }
      if let kept, remaining(kept) > 0 { return kept }
      throw error
    }
  }

  private func remaining(_ credentials: AWSCredentials) -> TimeInterval {
    credentials.expiration?.timeIntervalSince(now()) ?? .infinity
  }

  private func fetched() async throws(CognitoError) -> AWSCredentials {
    if let fetch { return try await CognitoError.typed { try await fetch.value } }
    let task = Task { [provider] in try await provider.credentials() }
    fetch = task
    defer { fetch = nil }
    return try await CognitoError.typed { try await task.value }
  }
}

import FoundationEssentials

/// Keeps another provider's credentials until shortly before they end.
///
/// However many callers wait, the provider is asked once at a time, in a task of its own: a caller that is cancelled
/// stops waiting and doesn't take the answer from the rest.
public final class CachedCredentials: AWSCredentialsProvider {
  private let kept: Kept<AWSCredentials>

  /// - Parameters:
  ///   - provider: where the credentials come from.
  ///   - margin: how long before their end new ones are fetched.
  ///   - now: the clock.
  public init(
    _ provider: any AWSCredentialsProvider, margin: Duration = .seconds(300),
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    kept = Kept(margin: margin, now: now, end: \.expiration) { try await provider.credentials() }
  }

  /// The kept credentials, or new ones when they are about to end. Old ones that are still valid are better than a
  /// failure to fetch new ones.
  ///
  /// - Throws: what the provider throws, when no credentials that are still valid are kept;
  ///   ``CognitoError/Code/cancelled`` when the calling task is cancelled.
  public func credentials() async throws(CognitoError) -> AWSCredentials { try await kept.current() }
}

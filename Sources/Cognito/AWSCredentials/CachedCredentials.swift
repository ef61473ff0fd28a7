import FoundationEssentials
import Synchronization

/// Keeps another provider's credentials until shortly before they end.
///
/// However many callers wait, the provider is asked once at a time, in a task of its own: a caller that is cancelled
/// stops waiting and doesn't take the answer from the rest.
public final class CachedCredentials: AWSCredentialsProvider {
  private let provider: any AWSCredentialsProvider
  private let margin: Duration
  private let now: @Sendable () -> Date
  private let kept = Mutex<AWSCredentials?>(nil)
  private let flight = SingleFlight<AWSCredentials>()

  /// - Parameters:
  ///   - provider: where the credentials come from.
  ///   - margin: how long before their end new ones are fetched.
  ///   - now: the clock.
  public init(
    _ provider: any AWSCredentialsProvider, margin: Duration = .seconds(300),
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.provider = provider
    self.margin = margin
    self.now = now
  }

  /// The kept credentials, or new ones when they are about to end. Old ones that are still valid are better than a
  /// failure to fetch new ones.
  ///
  /// - Throws: what the provider throws, when no credentials that are still valid are kept;
  ///   ``CognitoError/Code/cancelled`` when the calling task is cancelled.
  public func credentials() async throws(CognitoError) -> AWSCredentials {
    if let kept = valid(for: margin) { return kept }
    do {
      return try await CognitoError.typed {
        try await flight.run { [self] in
          // The flight before this one may have seen to it.
          if let kept = valid(for: margin) { return kept }
          let fresh = try await provider.credentials()
          kept.withLock { $0 = fresh }
          return fresh
        }
      }
    } catch {
      if !Task.isCancelled, let kept = valid(for: .zero) { return kept }
      throw error
    }
  }

  /// What is kept, if it doesn't end within this span.
  private func valid(for span: Duration) -> AWSCredentials? {
    guard let kept = kept.withLock({ $0 }) else { return nil }
    guard let expiration = kept.expiration else { return kept }
    return expiration.timeIntervalSince(now()) > span / .seconds(1) ? kept : nil
  }
}

import FoundationEssentials
import Synchronization

/// The token of a program that acts for itself, kept and replaced in time.
///
/// It can be shared by any number of tasks: however many of them ask when the token is about to end, one request gets the
/// next.
public final class MachineClient: Sendable {
  private let fetch: @Sendable () async throws -> ClientToken
  private let margin: Duration
  private let now: @Sendable () -> Date
  private let kept = Mutex<ClientToken?>(nil)
  private let flight = SingleFlight<ClientToken>()

  /// Gets tokens by ``UserPoolClient/clientToken(scopes:metadata:)``.
  ///
  /// - Parameters:
  ///   - client: an app client for machines.
  ///   - scopes: none for all that the client may have.
  ///   - margin: how long before its end a token is replaced.
  public convenience init(_ client: UserPoolClient, scopes: [String] = [], margin: Duration = .seconds(60)) {
    self.init(margin: margin, now: client.service.settings.now) { try await client.clientToken(scopes: scopes) }
  }

  /// Gets tokens by ``HostedUI/clientToken(scopes:)``.
  ///
  /// - Parameters:
  ///   - hosted: the pool's domain, with an app client for machines.
  ///   - scopes: none for all that the client may have.
  ///   - margin: how long before its end a token is replaced.
  public convenience init(_ hosted: HostedUI, scopes: [String] = [], margin: Duration = .seconds(60)) {
    self.init(margin: margin, now: hosted.client.service.settings.now) { try await hosted.clientToken(scopes: scopes) }
  }

  /// - Parameters:
  ///   - margin: how long before its end a token is replaced.
  ///   - now: the clock.
  ///   - fetch: gets a token.
  public init(
    margin: Duration = .seconds(60), now: @escaping @Sendable () -> Date = { Date() },
    fetch: @escaping @Sendable () async throws -> ClientToken
  ) {
    self.margin = margin
    self.now = now
    self.fetch = fetch
  }

  /// A token that is valid for at least the margin. When none can be got, an old one that is still valid is better than
  /// nothing.
  ///
  /// - Parameter rejected: a token that a server has refused though it had not ended: another one is got unless that has
  ///   been done already.
  /// - Throws: ``CognitoError``.
  public func token(replacing rejected: String? = nil) async throws(CognitoError) -> ClientToken {
    if let token = usable(rejected, margin) { return token }
    do {
      return try await CognitoError.typed {
        try await flight.run { [self] in
          // The flight before this one may have seen to it.
          if let token = usable(rejected, margin) { return token }
          let token = try await fetch()
          kept.withLock { $0 = token }
          return token
        }
      }
    } catch {
      if !Task.isCancelled, let token = usable(rejected, .zero) { return token }
      throw error
    }
  }

  private func usable(_ rejected: String?, _ margin: Duration) -> ClientToken? {
    guard let token = kept.withLock({ $0 }), token.accessToken != rejected,
      token.expiresAt.timeIntervalSince(now()) > margin / .seconds(1)
    else { return nil }
    return token
  }
}

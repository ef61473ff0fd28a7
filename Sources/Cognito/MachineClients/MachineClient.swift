import FoundationEssentials

/// The token of a program that acts for itself, kept and replaced in time.
///
/// It can be shared by any number of tasks: however many of them ask when the token is about to end, one request gets the
/// next.
public final class MachineClient: Sendable {
  private let kept: Kept<ClientToken>

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
    kept = Kept(margin: margin, now: now, end: \.expiresAt, fetch: fetch)
  }

  /// A token that is valid for at least the margin. When none can be got, an old one that is still valid is better than
  /// nothing.
  ///
  /// - Parameter rejected: a token that a server has refused though it had not ended: another one is got unless that has
  ///   been done already.
  /// - Throws: ``CognitoError``.
  public func token(replacing rejected: String? = nil) async throws(CognitoError) -> ClientToken {
    try await kept.current { $0.accessToken == rejected }
  }
}

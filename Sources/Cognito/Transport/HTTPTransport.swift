/// Carries requests. ``CurlTransport`` is the one that is used when none is given.
public protocol HTTPTransport: Sendable {
  /// Sends one request, once, and waits for the whole answer, whatever its status.
  ///
  /// - Parameters:
  ///   - request: what to send, to an https address or to this machine. It must not reach the server twice unless
  ///     ``HTTPRequest/isRepeatable`` says that it may.
  ///   - deadline: when to give up.
  /// - Throws: ``CognitoError`` with ``CognitoError/Code/unreachable``, `network`, `timeout`, `cancelled`, `tls`,
  ///   `responseTooLarge`, `malformedResponse` or `insecureEndpoint`. Redirects are not followed.
  func send(_ request: HTTPRequest, deadline: ContinuousClock.Instant) async throws(CognitoError) -> HTTPResponse
}

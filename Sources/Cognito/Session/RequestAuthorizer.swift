/// Puts a user's token on requests to servers that take it: signs in when needed, renews in time, and tries once more
/// with a new token when a server answers 401. Safe to share between tasks.
public struct RequestAuthorizer: Sendable {
  /// The session whose tokens are sent.
  public let session: UserSession
  /// Which token.
  public let use: TokenUse
  /// The header that carries it.
  public let header: String
  /// What goes before it.
  public let prefix: String

  /// - Parameters:
  ///   - session: whose tokens are sent.
  ///   - use: which of them.
  ///   - header: the header that carries it.
  ///   - prefix: what goes before it.
  public init(
    session: UserSession, use: TokenUse = .access, header: String = "Authorization", prefix: String = "Bearer "
  ) {
    self.session = session
    self.use = use
    self.header = header
    self.prefix = prefix
  }

  /// The request with a valid token on it, for a transport of the caller's.
  ///
  /// - Parameter request: a header of the same name is replaced.
  /// - Throws: ``CognitoError`` when there is no token to be had.
  public func authorize(_ request: HTTPRequest) async throws(CognitoError) -> HTTPRequest {
    authorized(request, try await session.tokens()[use])
  }

  /// Sends a request with a valid token; when the server answers 401, once more with a renewed one.
  ///
  /// - Parameters:
  ///   - request: it must be safe to send twice: a 401 says that nothing was done.
  ///   - transport: by default the one that the session's client uses.
  ///   - timeout: for each of the two attempts.
  /// - Returns: the server's answer, also when it is a second 401.
  /// - Throws: ``CognitoError`` when there is no token to be had, or the transport's.
  public func send(
    _ request: HTTPRequest, over transport: (any HTTPTransport)? = nil, timeout: Duration = .seconds(30)
  ) async throws(CognitoError) -> HTTPResponse {
    let transport = transport ?? session.client.service.transport
    let token = try await session.tokens()[use]
    let response = try await transport.send(authorized(request, token), deadline: .now + timeout)
    guard response.status == 401 else { return response }
    let renewed = try await session.tokens(replacing: token)[use]
    return try await transport.send(authorized(request, renewed), deadline: .now + timeout)
  }

  private func authorized(_ request: HTTPRequest, _ token: String) -> HTTPRequest {
    var request = request
    request.headers.removeAll { $0.name.lowercased() == header.lowercased() }
    request.headers.append(.init(header, prefix + token))
    return request
  }
}

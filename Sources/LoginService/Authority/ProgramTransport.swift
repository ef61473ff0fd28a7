import Cognito

/// Says in each request for which program of this machine it is sent: pools that track sessions show it to people in their
/// list ("Linux, cognito-login/1.0 (sshd; build)").
struct ProgramTransport: HTTPTransport {
  /// PAM's name of the program that a conversation is held for.
  @TaskLocal static var program: String?

  private let transport: CurlTransport

  init(_ transport: CurlTransport) { self.transport = transport }

  func send(_ request: HTTPRequest, deadline: ContinuousClock.Instant) async throws(CognitoError) -> HTTPResponse {
    var request = request
    if let program = Self.program {
      request.headers.append(.init("User-Agent", UserAgent.thisMachine(program: program).header))
    }
    return try await transport.send(request, deadline: deadline)
  }
}

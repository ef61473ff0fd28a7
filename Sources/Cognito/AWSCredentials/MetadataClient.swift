import FoundationEssentials

/// Asks the metadata services that AWS puts beside a container or a virtual machine.
package struct MetadataClient: Sendable {
  private let transport: any HTTPTransport
  private let timeout: Duration
  private let attemptTimeout: Duration

  /// - Parameters:
  ///   - timeout: for a request with all its attempts.
  ///   - attemptTimeout: for one of them.
  package init(_ transport: any HTTPTransport, timeout: Duration, attemptTimeout: Duration) {
    self.transport = transport
    self.timeout = timeout
    self.attemptTimeout = attemptTimeout
  }

  /// - Parameter retry: ``RetryPolicy/never`` where it isn't known yet whether there is a service at all.
  package func send(
    _ method: String, _ url: String, _ headers: [HTTPRequest.Header], retry: RetryPolicy = RetryPolicy()
  ) async throws(CognitoError) -> HTTPResponse {
    try await transport.fetch(
      HTTPRequest(method: method, url: url, headers: headers), deadline: .now + timeout,
      attemptTimeout: attemptTimeout, retry: retry)
  }

  package static func document(_ response: HTTPResponse, source: String) throws(CognitoError) -> AWSCredentials {
    guard response.status == 200 else {
      throw CognitoError(
        .credentialsNotFound, "The \(source) answered with status \(response.status).", httpStatus: response.status)
    }
    let document = try JSONValue.parse(response.body, maximumBytes: 64 << 10)
    // Instance metadata reports trouble in a document of its own.
    if let code = document["Code"]?.string, code != "Success" {
      throw CognitoError(.credentialsNotFound, "The \(source) has no credentials: \(code.prefix(64)).")
    }
    return try AWSCredentials(document: document, tokenName: "Token", source: "the \(source)")
  }
}

import Cognito
import Synchronization

/// libcurl, with a count of the operations that went through it.
package final class CountingTransport: HTTPTransport {
  private let curl = CurlTransport()
  private let log = Mutex<[String]>([])

  package init() {}

  package func send(_ request: HTTPRequest, deadline: ContinuousClock.Instant) async throws -> HTTPResponse {
    let operation = request.header("x-amz-target")?.split(separator: ".").last.map(String.init) ?? "GET"
    log.withLock { $0.append(operation) }
    return try await curl.send(request, deadline: deadline)
  }

  /// How often an operation was sent.
  package func count(_ operation: String) -> Int { log.withLock { $0.count { $0 == operation } } }
}

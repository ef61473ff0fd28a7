import Cognito
import Synchronization

/// Answers requests from a function, and remembers them.
package final class ScriptedTransport: HTTPTransport {
  private let answer: @Sendable (Int, HTTPRequest) async throws -> HTTPResponse
  private let log = Mutex<[HTTPRequest]>([])

  /// - Parameter answer: gets the number of requests before this one, and the request.
  package init(_ answer: @escaping @Sendable (Int, HTTPRequest) async throws -> HTTPResponse) {
    self.answer = answer
  }

  package func send(_ request: HTTPRequest, deadline: ContinuousClock.Instant) async throws(CognitoError)
    -> HTTPResponse
  {
    let index = log.withLock { log in
      log.append(request)
      return log.count - 1
    }
    do {
      return try await answer(index, request)
    } catch let error as CognitoError {
      throw error
    } catch {
      throw CognitoError(.network, "\(error)", cause: error)
    }
  }

  /// All requests so far.
  package var requests: [HTTPRequest] { log.withLock { $0 } }

  /// The number of requests so far.
  package var count: Int { log.withLock { $0.count } }
}

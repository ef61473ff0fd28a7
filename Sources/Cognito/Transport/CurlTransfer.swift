import Synchronization
import SystemSupport

/// One request on its way. It is answered exactly once: by the loop or by a cancellation, whichever comes first.
final class CurlTransfer: Sendable {
  private typealias Continuation = CheckedContinuation<HTTPResponse, any Error>

  private enum State {
    case waiting
    case running(Continuation)
    case finished
  }

  let request: HTTPRequest
  let address: WebAddress
  let deadline: ContinuousClock.Instant
  private let state = Mutex(State.waiting)

  init(_ request: HTTPRequest, address: WebAddress, deadline: ContinuousClock.Instant) {
    self.request = request
    self.address = address
    self.deadline = deadline
  }

  /// False when it was cancelled before it began; the continuation is answered then.
  func begin(_ continuation: CheckedContinuation<HTTPResponse, any Error>) -> Bool {
    let isLive = state.withLock { state in
      guard case .waiting = state else { return false }
      state = .running(continuation)
      return true
    }
    if !isLive { continuation.resume(throwing: Self.cancelled) }
    return isLive
  }

  func cancel() { finish(.failure(Self.cancelled)) }

  func finish(_ result: Result<HTTPResponse, CognitoError>) {
    let continuation: Continuation? = state.withLock { state in
      defer { state = .finished }
      guard case .running(let continuation) = state else { return nil }
      return continuation
    }
    continuation?.resume(with: result.mapError { $0 as any Error })
  }

  /// Whether nobody waits any more.
  var isAbandoned: Bool {
    state.withLock { state in
      if case .running = state { return false }
      return true
    }
  }

  private static let cancelled = CognitoError(.cancelled, "The request was cancelled.")
}

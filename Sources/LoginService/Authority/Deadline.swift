import Cognito
import Synchronization

/// Ends a wait by a deadline, even if what is waited for ignores cancellation.
enum Deadline {
  /// - Throws: what `work` throws, or `CognitoError` (`timeout`) when it has no result in time.
  static func run<Result: Sendable>(
    _ limit: Duration, _ work: @escaping @Sendable () async throws -> Result
  ) async throws -> Result {
    let race = Race<Result>()
    let runner = Task {
      do { race.finish(.success(try await work())) } catch { race.finish(.failure(error)) }
    }
    let timer = Task {
      guard (try? await Task.sleep(for: limit)) != nil else { return }
      race.finish(.failure(CognitoError(.timeout, "No answer within \(limit).")))
    }
    defer {
      runner.cancel()
      timer.cancel()
    }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { race.start($0) }
    } onCancel: {
      race.finish(.failure(CancellationError()))
    }
  }

  /// Resumes one continuation once, with whatever comes first.
  private final class Race<Value: Sendable>: Sendable {
    private enum State {
      case empty
      case waiting(CheckedContinuation<Value, any Error>)
      case early(Result<Value, any Error>)
      case over
    }

    private let state = Mutex(State.empty)

    func start(_ continuation: CheckedContinuation<Value, any Error>) {
      let early: Result<Value, any Error>? = state.withLock { state in
        if case .early(let result) = state {
          state = .over
          return result
        }
        state = .waiting(continuation)
        return nil
      }
      if let early { continuation.resume(with: early) }
    }

    func finish(_ result: Result<Value, any Error>) {
      let waiting: CheckedContinuation<Value, any Error>? = state.withLock { state in
        switch state {
        case .empty: state = .early(result)
        case .waiting(let continuation):
          state = .over
          return continuation
        case .early, .over: break
        }
        return nil
      }
      waiting?.resume(with: result)
    }
  }
}

import Synchronization

/// Runs one piece of work for all who ask for it at the same time.
///
/// The work is nobody's own: whoever is cancelled stops waiting at once, the others go on, and the work is finished
/// even when nobody waits any more, because it may have changed something that must be kept.
package final class SingleFlight<Value: Sendable>: Sendable {
  private typealias Continuation = CheckedContinuation<Value, any Error>

  private struct State {
    var nextID = 0
    var waiters: [Int: Continuation] = [:]
    /// Callers that were cancelled before they began to wait.
    var cancelled: Set<Int> = []
    var isRunning = false
  }

  private enum Entry {
    case cancelled
    case waits
    case starts
  }

  private let state = Mutex(State())

  package init() {}

  /// Waits for the work under way, or starts this one.
  ///
  /// - Throws: what the work throws; ``CognitoError/Code/cancelled`` when the calling task is cancelled.
  package func run(_ work: @escaping @Sendable () async throws -> Value) async throws -> Value {
    let id = state.withLock { state in
      state.nextID += 1
      return state.nextID
    }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        switch enter(id, continuation) {
        case .cancelled: continuation.resume(throwing: Self.cancelled)
        case .waits: break
        case .starts: Task { await finish(work) }
        }
      }
    } onCancel: {
      cancel(id)
    }
  }

  private static var cancelled: CognitoError { CognitoError(.cancelled, "The call was cancelled.") }

  private func enter(_ id: Int, _ continuation: CheckedContinuation<Value, any Error>) -> Entry {
    state.withLock { state in
      // A flight that ended in between has cleared the note.
      if state.cancelled.remove(id) != nil || Task.isCancelled { return .cancelled }
      state.waiters[id] = continuation
      defer { state.isRunning = true }
      return state.isRunning ? .waits : .starts
    }
  }

  private func cancel(_ id: Int) {
    let continuation: Continuation? = state.withLock { state in
      if let continuation = state.waiters.removeValue(forKey: id) { return continuation }
      state.cancelled.insert(id)
      return nil
    }
    continuation?.resume(throwing: Self.cancelled)
  }

  private func finish(_ work: @Sendable () async throws -> Value) async {
    let result: Result<Value, any Error>
    do {
      result = .success(try await work())
    } catch {
      result = .failure(error)
    }
    let waiters = state.withLock { state in
      defer {
        state.waiters = [:]
        // Whoever was cancelled after the end left an id that nobody will look for.
        state.cancelled = []
        state.isRunning = false
      }
      return state.waiters.values.map { $0 }
    }
    for waiter in waiters { waiter.resume(with: result) }
  }
}

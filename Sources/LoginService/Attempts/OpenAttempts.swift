import Synchronization

/// Attempts that the pool has not judged yet: they are counted as wrong meanwhile, and may turn out right.
package final class OpenAttempts: Sendable {
  private let counts = Mutex<[Attempt: Int]>([:])

  package init() {}

  func begin(_ attempt: Attempt) { counts.withLock { $0[attempt, default: 0] += 1 } }

  func end(_ attempt: Attempt) {
    counts.withLock { counts in
      let left = counts[attempt, default: 1] - 1
      counts[attempt] = left > 0 ? left : nil
    }
  }

  func has(_ attempt: Attempt) -> Bool { counts.withLock { $0[attempt] != nil } }
}

import Synchronization

/// How often something short-lived was answered wrongly: a session's code.
///
/// In memory alone: what it counts lives for minutes. It holds no more than `capacity` entries, whatever clients send.
package final class AttemptLedger: Sendable {
  private struct Entry {
    var failures: Int
    var lastAt: Double
    var expires: Double
  }

  private let entries = Mutex<[String: Entry]>([:])
  private let capacity: Int

  package init(capacity: Int = 100_000) {
    self.capacity = capacity
  }

  /// Failures counted under this name and not yet expired.
  package func failures(_ name: String, now: Double) -> (count: Int, lastAt: Double) {
    entries.withLock { entries in
      guard let entry = entries[name], entry.expires > now else { return (0, 0) }
      return (entry.failures, entry.lastAt)
    }
  }

  /// Counts one more failure, to be forgotten at `expires`.
  package func fail(_ name: String, expires: Double, now: Double) {
    entries.withLock { entries in
      if entries.count >= capacity { makeRoom(&entries, now) }
      let failures = entries[name].map { $0.expires > now ? $0.failures : 0 } ?? 0
      entries[name] = Entry(failures: failures + 1, lastAt: now, expires: expires)
    }
  }

  package func forget(_ name: String) {
    _ = entries.withLock { $0.removeValue(forKey: name) }
  }

  private func makeRoom(_ entries: inout [String: Entry], _ now: Double) {
    entries = entries.filter { $0.value.expires > now }
    guard entries.count >= capacity else { return }
    // Still full: drop the half that would be forgotten first.
    let middle = entries.values.map(\.expires).sorted()[entries.count / 2]
    entries = entries.filter { $0.value.expires > middle }
  }
}

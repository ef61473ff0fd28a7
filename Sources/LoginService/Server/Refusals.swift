import Logging
import Synchronization

/// What was refused, counted by who caused it: one line when it begins, and one with the number at each `report`. So nobody
/// can flood the journal, whose own limit would then drop other people's lines.
package final class Refusals: Sendable {
  private struct Cause: Hashable {
    let reason: String
    let origin: String
  }

  private let logger: Logger
  private let capacity: Int
  private let reportedAt = Mutex(ContinuousClock.now)
  /// How many since the last line.
  private let counts = Mutex<[Cause: Int]>([:])

  package init(logger: Logger, capacity: Int = 1000) {
    self.logger = logger
    self.capacity = capacity
  }

  /// - Parameters:
  ///   - reason: one of a few, and of our own words.
  ///   - origin: who caused it, by the kernel's word or root's.
  package func note(_ reason: String, by origin: String) {
    let isFirst = counts.withLock { counts in
      var cause = Cause(reason: reason, origin: origin)
      if counts[cause] == nil, counts.count >= capacity { cause = Cause(reason: reason, origin: "others") }
      if let count = counts[cause] {
        counts[cause] = count + 1
        return false
      }
      counts[cause] = 0
      return true
    }
    if isFirst { logger.warning("refused: \(reason)", metadata: ["by": "\(origin)"]) }
  }

  /// Logs the numbers, if the last time is long enough ago; who has been quiet since then is forgotten.
  package func report(every interval: Duration = .seconds(60)) {
    let isTime = reportedAt.withLock { last in
      guard ContinuousClock.now - last >= interval else { return false }
      last = .now
      return true
    }
    guard isTime else { return }
    let since = counts.withLock { counts in
      defer { counts = counts.filter { $0.value > 0 }.mapValues { _ in 0 } }
      return counts.filter { $0.value > 0 }
    }
    for (cause, count) in since.sorted(by: { ($0.key.origin, $0.key.reason) < ($1.key.origin, $1.key.reason) }) {
      logger.warning("refused again: \(cause.reason)", metadata: ["by": "\(cause.origin)", "times": "\(count)"])
    }
  }
}

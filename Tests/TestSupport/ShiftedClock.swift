import FoundationEssentials
import Synchronization

/// The system's time, moved on by a test.
package final class ShiftedClock: Sendable {
  private let seconds = Mutex(0.0)

  package init() {}

  package var now: Date { Date() + seconds.withLock { $0 } }

  package func advance(by seconds: Double) { self.seconds.withLock { $0 += seconds } }
}

import FoundationEssentials
import Synchronization

/// The pool's time: the system's, moved by an offset, or stopped at one moment. Everything that expires asks this clock.
///
/// It shows the years 1970 to 9999, whatever it is told: times are stored and signed as integers.
package final class PoolClock: Sendable {
  static let range = 0.0...253_402_300_799.0

  private struct State {
    var offset: Double = 0
    var frozen: Double?
  }

  private let state = Mutex(State())

  package init() {}

  /// A clock that stands still until it is moved.
  package init(frozenAt moment: Date) {
    state.withLock { $0.frozen = moment.timeIntervalSince1970 }
  }

  /// Seconds since 1970-01-01 00:00 UTC.
  package var seconds: Double {
    state.withLock { state in
      let shown = (state.frozen ?? Date().timeIntervalSince1970) + state.offset
      return shown.isNaN ? Self.range.lowerBound : min(max(shown, Self.range.lowerBound), Self.range.upperBound)
    }
  }

  package var now: Date { Date(timeIntervalSince1970: seconds) }

  /// What the clocks of clients may show: the pool's time, and the system's, which isn't moved with it. What a client has dated
  /// itself (a TIMESTAMP, a signature) is fresh if it is so by one of them.
  package var clientTimes: [Date] { [now, Date()] }

  /// Whole seconds since 1970, as in a token's `iat`.
  package var epoch: Int64 { Int64(seconds.rounded(.down)) }

  /// Moves the clock by `seconds`, which may be negative.
  package func advance(by seconds: Double) {
    state.withLock { $0.offset += seconds }
  }

  /// Stops the clock at `moment`.
  package func freeze(at moment: Date) {
    state.withLock { state in
      state.frozen = moment.timeIntervalSince1970
      state.offset = 0
    }
  }

  /// Runs with the system's time again.
  package func reset() {
    state.withLock { $0 = State() }
  }
}

import Synchronization

/// How the pool answered lately: how long it took to say no, and whether it said anything. So a name for which it isn't
/// asked is answered, or the difference would tell which names are known here.
package final class VerdictTimes: Sendable {
  private struct State {
    var times: [Duration]
    var isAway = false
  }

  private let state: Mutex<State>
  private let capacity = 32

  package init(first: Duration = .milliseconds(300)) { state = Mutex(State(times: [first])) }

  func saidNo(after time: Duration) {
    state.withLock { state in
      state.isAway = false
      state.times.append(time)
      if state.times.count > capacity { state.times.removeFirst() }
    }
  }

  func saidYes() { state.withLock { $0.isAway = false } }

  func saidNothing() { state.withLock { $0.isAway = true } }

  /// Whether the last question got no answer.
  var isAway: Bool { state.withLock { $0.isAway } }

  /// One of the times.
  func pick() -> Duration { state.withLock { $0.times.randomElement() ?? .zero } }
}

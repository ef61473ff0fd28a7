import Synchronization

/// How long the pool took lately to say no: so long takes an answer for which it isn't asked, or the time would tell which
/// names are known here.
package final class VerdictTimes: Sendable {
  private let times: Mutex<[Duration]>
  private let capacity = 32

  package init(first: Duration = .milliseconds(300)) { times = Mutex([first]) }

  func note(_ time: Duration) {
    times.withLock { times in
      times.append(time)
      if times.count > capacity { times.removeFirst() }
    }
  }

  /// One of them.
  func pick() -> Duration { times.withLock { $0.randomElement() ?? .zero } }
}

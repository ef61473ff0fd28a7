import LoginProtocol
import Synchronization

/// How many codes were sent to whom, at the wish of somebody who has proved nothing. In memory: the pool counts as well.
package final class SentCodes: Sendable {
  private let clock: BootClock
  private let sent = Mutex<[LoginName: [Int64]]>([:])

  package init(clock: BootClock = .system) { self.clock = clock }

  /// Counts one more, unless there were three within an hour or six within a day.
  ///
  /// - Parameter name: of an account: there is no end of other names.
  func mayGo(to name: LoginName) -> Bool {
    let now = clock.now
    return sent.withLock { sent in
      var times = (sent[name] ?? []).filter { now - $0 < 86_400 }
      defer { sent[name] = times }
      guard times.count < 6, times.count(where: { now - $0 < 3600 }) < 3 else { return false }
      times.append(now)
      return true
    }
  }
}

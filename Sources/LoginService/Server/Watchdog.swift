import NIOCore
import Synchronization

/// Closes a channel unless it is called off in time.
final class Watchdog: Sendable {
  private let scheduled: Scheduled<Void>
  private let fired: Fired

  private final class Fired: Sendable {
    let flag = Atomic(false)
  }

  init(_ channel: any Channel, _ limit: Duration) {
    let fired = Fired()
    self.fired = fired
    scheduled = channel.eventLoop.scheduleTask(in: TimeAmount(limit)) {
      fired.flag.store(true, ordering: .sequentiallyConsistent)
      channel.close(promise: nil)
    }
  }

  var hasFired: Bool { fired.flag.load(ordering: .sequentiallyConsistent) }

  func cancel() { scheduled.cancel() }
}

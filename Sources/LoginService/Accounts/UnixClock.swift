import Glibc

/// Seconds since 1970, from a source that tests can set.
package struct UnixClock: Sendable {
  private let read: @Sendable () -> Int64
  private let uptime: @Sendable () -> Int64

  /// - Parameter uptime: how long this machine runs, in seconds
  package init(
    uptime: @escaping @Sendable () -> Int64 = { 1_000_000_000 }, _ read: @escaping @Sendable () -> Int64
  ) {
    self.read = read
    self.uptime = uptime
  }

  package var now: Int64 { read() }

  /// When this machine was started.
  package var startOfMachine: Int64 { now - uptime() }

  package static let system = UnixClock(
    uptime: {
      var time = timespec()
      // What can't be told is "long ago": then nothing is forgotten for having been before.
      guard clock_gettime(CLOCK_BOOTTIME, &time) == 0 else { return 1_000_000_000 }
      return Int64(time.tv_sec)
    }, { Int64(time(nil)) })
}

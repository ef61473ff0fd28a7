import Glibc

/// Seconds since the machine was started, its sleep included, from a source that tests can set: for what shall last a while
/// whatever becomes of the time of day.
package struct BootClock: Sendable {
  private let read: @Sendable () -> Int64

  package init(_ read: @escaping @Sendable () -> Int64) { self.read = read }

  package var now: Int64 { read() }

  package static let system = BootClock {
    var time = timespec()
    clock_gettime(CLOCK_BOOTTIME, &time)
    return Int64(time.tv_sec)
  }
}

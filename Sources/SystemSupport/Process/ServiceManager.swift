import Glibc

/// Tells systemd how we are (sd_notify(3)). Without systemd nothing happens.
package struct ServiceManager: Sendable {
  private let path: String?
  /// How often systemd wants to hear of us, in microseconds; nil when it doesn't watch.
  package let watchdog: Int64?

  package init(
    path: String? = getenv("NOTIFY_SOCKET").map { String(cString: $0) },
    watchdogMicroseconds: String? = getenv("WATCHDOG_USEC").map { String(cString: $0) }
  ) {
    self.path = path
    watchdog = watchdogMicroseconds.flatMap { Int64($0) }.flatMap { $0 > 0 ? $0 : nil }
  }

  /// - Parameter state: lines as "READY=1".
  package func notify(_ state: String) {
    guard let address = path.flatMap(UnixAddress.init(systemd:)) else { return }
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    _ = address.withAddress { sendto(descriptor, state, state.utf8.count, Int32(MSG_NOSIGNAL), $0, $1) }
  }
}

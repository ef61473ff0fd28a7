import SystemSupport

extension ServiceManager {
  /// Says that we are alive, three times in the span that systemd waits for it, until cancelled (sd_watchdog_enabled(3)).
  package func keepAlive() async throws {
    guard let watchdog else {
      while true { try await Task.sleep(for: .seconds(86_400)) }
    }
    while true {
      notify("WATCHDOG=1")
      try await Task.sleep(for: .microseconds(watchdog) / 3)
    }
  }
}

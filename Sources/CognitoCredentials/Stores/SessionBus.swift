import Glibc

/// How this process reaches the user's D-Bus session bus, and whether somebody sits at a screen.
package struct SessionBus: Sendable, Equatable {
  /// Nil when there is none: GLib would then start one (`dbus-launch`), which nobody has asked for.
  package let address: String?
  /// Whether a prompt can be answered here. Over ssh it would open on the desktop's screen, or nowhere.
  package let canAsk: Bool

  package init(address: String?, canAsk: Bool) {
    self.address = address
    self.canAsk = canAsk
  }

  /// - Parameters:
  ///   - variable: looks an environment variable up
  ///   - isSocket: whether there is a socket of this user's at that path
  package init(environment variable: (String) -> String?, uid: uid_t, isSocket: (String) -> Bool) {
    func value(_ name: String) -> String? { variable(name).flatMap { $0.isEmpty ? nil : $0 } }
    if let address = value("DBUS_SESSION_BUS_ADDRESS") {
      self.address = address
    } else {
      // cron, `su -l` and `sudo -iu` say nothing of the user's bus, but logind puts it at one place.
      let folders = [value("XDG_RUNTIME_DIR"), "/run/user/\(uid)"].compactMap { $0 }
      address = folders.map { "\($0)/bus" }.first(where: isSocket).map { "unix:path=\($0)" }
    }
    canAsk = (value("DISPLAY") ?? value("WAYLAND_DISPLAY")) != nil && value("SSH_CONNECTION") == nil
  }

  package static var ofThisProcess: SessionBus {
    SessionBus(
      environment: { name in getenv(name).map { String(cString: $0) } }, uid: geteuid(),
      isSocket: { path in
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFSOCK && status.st_uid == geteuid()
      })
  }

  /// Tells GLib where the bus is. Before any thread of GLib's runs: it reads the environment.
  func prepare() throws(SessionStoreError) {
    guard let address else { throw SessionStoreError(.noBus, "There is no session bus here.") }
    setenv("DBUS_SESSION_BUS_ADDRESS", address, 0)
  }
}

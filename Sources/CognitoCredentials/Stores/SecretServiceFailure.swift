import CSecret

/// Which of our codes a GLib error stands for.
enum SecretServiceFailure {
  /// Frees the error.
  static func error(_ error: UnsafeMutablePointer<GError>, timedOut: Bool) -> SessionStoreError {
    defer { g_error_free(error) }
    let (domain, code) = (error.pointee.domain, error.pointee.code)
    if timedOut { return SessionStoreError(.timedOut, "The Secret Service didn't answer in time.") }
    if domain == g_dbus_error_quark() {
      switch code {
      case Int32(bitPattern: G_DBUS_ERROR_SERVICE_UNKNOWN.rawValue),
        Int32(bitPattern: G_DBUS_ERROR_NAME_HAS_NO_OWNER.rawValue),
        Int32(bitPattern: G_DBUS_ERROR_SPAWN_SERVICE_NOT_FOUND.rawValue):
        return SessionStoreError(.noService, "No Secret Service (keyring) is on the session bus.")
      case Int32(bitPattern: G_DBUS_ERROR_NO_REPLY.rawValue), Int32(bitPattern: G_DBUS_ERROR_TIMEOUT.rawValue),
        Int32(bitPattern: G_DBUS_ERROR_TIMED_OUT.rawValue):
        return SessionStoreError(.timedOut, "The Secret Service didn't answer in time.")
      case Int32(bitPattern: G_DBUS_ERROR_NO_SERVER.rawValue):
        return SessionStoreError(.noBus, "The session bus can't be reached.")
      // gnome-keyring's default keyring has a name before it is made, and right after the login that makes it.
      case Int32(bitPattern: G_DBUS_ERROR_UNKNOWN_OBJECT.rawValue),
        Int32(bitPattern: G_DBUS_ERROR_UNKNOWN_METHOD.rawValue),
        Int32(bitPattern: G_DBUS_ERROR_UNKNOWN_INTERFACE.rawValue):
        return noCollection
      default: break
      }
    }
    // Everything that GIO reports before a name is asked for is about the bus itself.
    if domain == g_io_error_quark() {
      if code == Int32(bitPattern: G_IO_ERROR_CANCELLED.rawValue) {
        return SessionStoreError(.dismissed, "The keyring stayed locked.")
      }
      if code == Int32(bitPattern: G_IO_ERROR_TIMED_OUT.rawValue) {
        return SessionStoreError(.timedOut, "The Secret Service didn't answer in time.")
      }
      return SessionStoreError(.noBus, "The session bus can't be reached.")
    }
    if domain == secret_error_get_quark() {
      if code == Int32(bitPattern: SECRET_ERROR_IS_LOCKED.rawValue) {
        return SessionStoreError(.locked, "The keyring that holds the session is locked.")
      }
      if code == Int32(bitPattern: SECRET_ERROR_NO_SUCH_OBJECT.rawValue) {
        return noCollection
      }
    }
    let text = error.pointee.message.map { String(cString: $0) } ?? "unknown error"
    return SessionStoreError(.failed, "The Secret Service failed: \(text.prefix(200)).")
  }

  private static let noCollection = SessionStoreError(
    .noCollection, "The Secret Service has no default keyring to keep the session in.")
}

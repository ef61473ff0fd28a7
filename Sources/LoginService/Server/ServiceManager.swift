import Glibc

/// Tells systemd how we are (sd_notify(3)). Without systemd nothing happens.
package struct ServiceManager: Sendable {
  private let path: String?

  package init(path: String? = getenv("NOTIFY_SOCKET").map { String(cString: $0) }) { self.path = path }

  /// - Parameter state: lines as "READY=1".
  package func notify(_ state: String) {
    guard let path, path.hasPrefix("/") || path.hasPrefix("@") else { return }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    var bytes = Array(path.utf8)
    guard bytes.count > 1, bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return }
    // "@" stands for the NUL of an abstract address.
    if bytes[0] == UInt8(ascii: "@") { bytes[0] = 0 }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    let size = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count)
    withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = sendto(descriptor, state, state.utf8.count, Int32(MSG_NOSIGNAL), $0, size)
      }
    }
  }
}

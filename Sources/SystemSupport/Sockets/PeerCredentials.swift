import CLinux
import Glibc

/// Who is at the other end of a Unix socket, by the kernel's word.
package enum PeerCredentials {
  /// - Returns: nil on error, with `errno` set.
  package static func of(_ descriptor: Int32) -> clinux_ucred? {
    var credentials = clinux_ucred()
    let size = socklen_t(MemoryLayout<clinux_ucred>.size)
    var written = size
    guard getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &written) == 0 else { return nil }
    // A shorter answer would leave zeroes in place, and 0 is root.
    guard written == size else {
      errno = EPROTO
      return nil
    }
    return credentials
  }
}

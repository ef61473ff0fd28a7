import CLinux
import Glibc

/// An unnamed file that exists in memory alone (memfd_create(2)), closed on exec unless it is duplicated.
package enum MemoryFile {
  /// - Returns: a descriptor at the beginning of `bytes`; nil on error, with `errno` set.
  package static func open(holding bytes: [UInt8]) -> Int32? {
    let file = ckernel_memory_file("cognito-login")
    guard file >= 0 else { return nil }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { pwrite(file, $0.baseAddress! + written, $0.count - written, off_t(written)) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        close(file)
        return nil
      }
      written += count
    }
    return file
  }
}

import CLinux
import Glibc

/// An unnamed file that exists in memory alone (memfd_create(2)), closed on exec unless it is duplicated.
package enum MemoryFile {
  /// - Returns: a descriptor at the beginning of `bytes`; nil on error, with `errno` set.
  package static func open(holding bytes: [UInt8]) -> Int32? {
    let file = ckernel_memory_file("cognito-login")
    guard file >= 0 else { return nil }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { pwrite(file, $0.baseAddress, $0.count, off_t(bytes.count - $0.count)) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        close(file)
        return nil
      }
      rest = rest.dropFirst(count)
    }
    return file
  }
}

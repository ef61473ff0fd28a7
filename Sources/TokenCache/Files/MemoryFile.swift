import CLinux
import Glibc
import SystemSupport

/// An unnamed file that exists in memory alone (memfd_create(2)), closed on exec unless it is duplicated.
package enum MemoryFile {
  /// - Returns: a descriptor at the beginning of `bytes`; nil on error, with `errno` set.
  package static func open(holding bytes: [UInt8]) -> Int32? {
    let file = ckernel_memory_file("cognito-login")
    guard file >= 0 else { return nil }
    guard Descriptor.writeAll(file, bytes), lseek(file, 0, SEEK_SET) == 0 else {
      close(file)
      return nil
    }
    return file
  }
}

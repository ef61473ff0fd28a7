import Glibc

/// Which file a path leads to, and in which state: what was read of it holds while the stamp stays the same.
package struct FileStamp: Sendable, Equatable {
  private let device: UInt64
  private let inode: UInt64
  private let size: Int64
  private let modified: [Int]

  /// nil when there is no such file, or it can't be looked at.
  package init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    size = Int64(status.st_size)
    modified = [status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_sec, status.st_ctim.tv_nsec]
  }

  /// Whether a later change would have to show: the kernel's stamps come in steps, so that of a file that has just been
  /// written may be that of the next change as well.
  ///
  /// - Parameter now: seconds since 1970
  package func isSettled(now: Int) -> Bool { max(modified[0], modified[2]) + 2 < now }
}

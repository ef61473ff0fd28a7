import Glibc

/// Reads a file that decides where tokens go: it must not be writable by anybody but the user and root.
package enum TrustedFile {
  package enum Failure: Error, Equatable, CustomStringConvertible {
    case unreadable(errno: Int32)
    case notRegular
    case foreignOwner
    case writableByOthers
    case readableByOthers
    case tooLarge(Int)

    package var description: String {
      switch self {
      case .unreadable(let code): "can't be read: \(String(cString: strerror(code)))"
      case .notRegular: "is not a regular file"
      case .foreignOwner: "belongs to neither you nor root"
      case .writableByOthers: "can be written by others: run `chmod go-w` on it"
      case .readableByOthers: "can be read by others: run `chmod go-rwx` on it"
      case .tooLarge(let limit): "is larger than \(limit) bytes"
      }
    }
  }

  /// - Parameter isSecret: also refuse a file that others may read.
  /// - Returns: nil when there is no such file.
  package static func read(
    _ path: String, maximumBytes: Int, isSecret: Bool = false
  ) throws(Failure) -> [UInt8]? {
    // O_NONBLOCK: opening a FIFO that somebody put there must not hang.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw .unreadable(errno: errno)
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .unreadable(errno: errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notRegular }
    guard status.st_uid == geteuid() || status.st_uid == 0 else { throw .foreignOwner }
    guard status.st_mode & 0o022 == 0 else { throw .writableByOthers }
    guard !isSecret || status.st_mode & 0o077 == 0 else { throw .readableByOthers }
    guard status.st_size <= maximumBytes else { throw .tooLarge(maximumBytes) }
    guard let bytes = Descriptor.readAll(descriptor, maximumBytes: maximumBytes) else {
      throw errno == EFBIG ? .tooLarge(maximumBytes) : .unreadable(errno: errno)
    }
    return bytes
  }
}

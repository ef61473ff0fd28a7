import Glibc

/// Puts a file in another's place in one step: a reader finds the old content or the new one, also after a power cut.
package enum AtomicFile {
  /// Of files half written when their writer was killed.
  package static let temporarySuffix = ".cognito-login"

  /// Writes a new file beside the old one, forces it to the disk and renames it. A symbolic link in the file's place is
  /// replaced, not followed.
  /// - Parameters:
  ///   - path: relative to `folder`
  ///   - folder: an open directory; the working directory when not given
  ///   - mode: the file's permissions, whatever the umask
  /// - Returns: false on error, with `errno` set.
  package static func replace(_ path: String, in folder: Int32 = AT_FDCWD, with bytes: [UInt8], mode: mode_t) -> Bool {
    let temporary = Self.temporary(beside: path)
    let descriptor = openat(folder, temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { return false }
    let isWritten =
      Descriptor.writeAll(descriptor, bytes) && fchmod(descriptor, mode) == 0 && fsync(descriptor) == 0
    let code = errno
    close(descriptor)
    guard isWritten else {
      unlinkat(folder, temporary, 0)
      errno = code
      return false
    }
    return rename(temporary, to: path, in: folder)
  }

  /// The same with a symbolic link to `target`.
  package static func replace(_ path: String, in folder: Int32 = AT_FDCWD, withLinkTo target: String) -> Bool {
    let temporary = Self.temporary(beside: path)
    guard symlinkat(target, folder, temporary) == 0 else { return false }
    return rename(temporary, to: path, in: folder)
  }

  /// A name that nobody can guess, in the same directory.
  private static func temporary(beside path: String) -> String {
    let directory = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path[...$0] } ?? ""
    return "\(directory).\(String(UInt64.random(in: .min ... .max), radix: 16))\(temporarySuffix)"
  }

  private static func rename(_ temporary: String, to path: String, in folder: Int32) -> Bool {
    guard renameat(folder, temporary, folder, path) == 0 else {
      let code = errno
      unlinkat(folder, temporary, 0)
      errno = code
      return false
    }
    // The rename itself has to reach the disk. Where the directory can't be opened for that, the file is whole anyway.
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    let name = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let directory = openat(folder, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if directory >= 0 {
      fsync(directory)
      close(directory)
    }
    return true
  }
}

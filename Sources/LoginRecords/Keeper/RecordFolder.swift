import Glibc
import SystemSupport

/// The folder that nss-systemd reads. Each record comes and goes by one rename, so that a reader sees the old or the new
/// one; all work is relative to the open folder, and no symbolic link is followed.
package final class RecordFolder {
  package let path: String
  private let folder: Int32
  /// Who wrote records before they were root's.
  private let formerOwner: uid_t?

  /// - Throws: also when another user could write to the folder: whoever writes there is root in all but name.
  package init(_ path: String, formerOwner: uid_t? = nil) throws(ConfigurationError) {
    let folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard folder >= 0 else {
      throw ConfigurationError(
        file: path, "can't be opened: \(String(cString: strerror(errno)))",
        advice: "Make it with systemd-tmpfiles --create (root's, mode 0755)")
    }
    var status = stat()
    guard fstat(folder, &status) == 0, status.st_uid == geteuid(), status.st_mode & 0o022 == 0 else {
      close(folder)
      throw ConfigurationError(
        file: path, "can be written by others than this program's user",
        advice: "Give it to root with mode 0755 (systemd-tmpfiles --create does so)")
    }
    self.folder = folder
    self.path = path
    self.formerOwner = formerOwner
  }

  deinit { close(folder) }

  /// Makes one record say `content`. A symbolic link in its place is replaced, not followed.
  package func write(_ name: String, _ content: RecordContent) throws(RecordRefusal) {
    guard !isUnchanged(name, content) else { return }
    let isWritten =
      switch content {
      case .link(let target): AtomicFile.replace(name, in: folder, withLinkTo: target)
      // Every process of the machine reads records.
      case .file(let bytes): AtomicFile.replace(name, in: folder, with: bytes, mode: 0o644)
      }
    guard isWritten else { throw failure(name) }
  }

  package func remove(_ name: String) throws(RecordRefusal) {
    if unlinkat(folder, name, 0) != 0, errno != ENOENT { throw failure(name) }
  }

  package func has(_ name: String) -> Bool {
    var status = stat()
    return fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0
  }

  /// Names of all that is there.
  package func list() throws(RecordRefusal) -> [String] {
    let copy = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard copy >= 0, let listing = fdopendir(copy) else {
      if copy >= 0 { close(copy) }
      throw failure("folder")
    }
    defer { closedir(listing) }
    var names: [String] = []
    while let entry = readdir(listing) {
      names.append(
        withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        })
    }
    return names
  }

  /// Did this program, or the daemon before it, write it? Root's own records don't say that they are ours.
  package func isOurs(_ name: String) -> Bool {
    var status = stat()
    guard fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return false }
    if status.st_uid == formerOwner || name.hasSuffix(AtomicFile.temporarySuffix) { return true }
    guard status.st_mode & mode_t(S_IFMT) == mode_t(S_IFREG), let bytes = read(name, maximumBytes: 4096) else {
      return false
    }
    return String(decoding: bytes, as: UTF8.self).contains(RecordContent.mark)
  }

  package func target(ofLink name: String) -> String? {
    var buffer = [UInt8](repeating: 0, count: 256)
    let count = readlinkat(folder, name, &buffer, buffer.count)
    return count >= 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
  }

  private func isUnchanged(_ name: String, _ content: RecordContent) -> Bool {
    switch content {
    case .link(let target): return self.target(ofLink: name) == target
    case .file(let bytes):
      var status = stat()
      guard fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0, status.st_mode == mode_t(S_IFREG) | 0o644,
        status.st_uid == geteuid(), status.st_size == bytes.count
      else { return false }
      return read(name, maximumBytes: bytes.count) == bytes
    }
  }

  private func read(_ name: String, maximumBytes: Int) -> [UInt8]? {
    let file = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return nil }
    defer { close(file) }
    return Descriptor.readAll(file, maximumBytes: maximumBytes, expected: maximumBytes)
  }

  private func failure(_ name: String) -> RecordRefusal {
    RecordRefusal(.broken, "\(path)/\(name): \(String(cString: strerror(errno)))")
  }
}

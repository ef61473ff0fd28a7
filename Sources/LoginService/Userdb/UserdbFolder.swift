import Glibc
import SystemSupport

/// The folder that nss-systemd reads. Each record comes and goes by one rename, so that a reader sees the old or the new
/// one; all work is relative to the open folder, and no symbolic link is followed.
package final class UserdbFolder: Sendable {
  package let path: String
  private let folder: Int32

  package init(_ path: String) throws(ConfigurationError) {
    folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard folder >= 0 else {
      throw ConfigurationError(
        file: path, "can't be opened: \(String(cString: strerror(errno)))",
        advice: "Make it with systemd-tmpfiles --create (root's, group cognito-login, mode 1775)")
    }
    self.path = path
  }

  deinit { close(folder) }

  /// Makes the folder say `records`, and nothing else of ours. Files of other owners are not touched; one that stands in
  /// the way of a record is named in the result.
  ///
  /// - Returns: names of records that could not be written, with the reason.
  package func replace(with records: UserdbRecords) throws -> [String: String] {
    var failures: [String: String] = [:]
    for name in try ownFiles() where records.contents[name] == nil {
      if unlinkat(folder, name, 0) != 0, errno != ENOENT { failures[name] = reason() }
    }
    // Files before the links that point to them.
    for (name, content) in records.contents.sorted(by: { Self.order($0) < Self.order($1) }) {
      if let failure = write(name, content) { failures[name] = failure }
    }
    return failures
  }

  private static func order(_ record: (key: String, value: UserdbRecords.Content)) -> (Int, String) {
    if case .link = record.value { return (1, record.key) }
    return (0, record.key)
  }

  private func write(_ name: String, _ content: UserdbRecords.Content) -> String? {
    var status = stat()
    if fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 {
      guard status.st_uid == geteuid() else { return "belongs to uid \(status.st_uid)" }
      if isUnchanged(name, content, status) { return nil }
    }
    let isWritten =
      switch content {
      case .link(let target): AtomicFile.replace(name, in: folder, withLinkTo: target)
      // Every process of the machine reads records.
      case .file(let bytes): AtomicFile.replace(name, in: folder, with: bytes, mode: 0o644)
      }
    return isWritten ? nil : reason()
  }

  private func isUnchanged(_ name: String, _ content: UserdbRecords.Content, _ status: stat) -> Bool {
    switch content {
    case .link(let target):
      var buffer = [UInt8](repeating: 0, count: 256)
      let count = readlinkat(folder, name, &buffer, buffer.count)
      return count >= 0 && buffer[..<count].elementsEqual(target.utf8)
    case .file(let bytes):
      guard status.st_mode == mode_t(S_IFREG) | 0o644, status.st_size == bytes.count else { return false }
      let file = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
      guard file >= 0 else { return false }
      defer { close(file) }
      return Descriptor.readAll(file, maximumBytes: bytes.count, expected: bytes.count) == bytes
    }
  }

  /// Records of ours, and what a killed write left behind: files with our ending that belong to our uid.
  private func ownFiles() throws -> [String] {
    let copy = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard copy >= 0, let listing = fdopendir(copy) else {
      if copy >= 0 { close(copy) }
      throw ConfigurationError(file: path, "can't be read: \(reason())", advice: "Check its owner and mode")
    }
    defer { closedir(listing) }
    var names: [String] = []
    while let entry = readdir(listing) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard [".user", ".group", ".membership", AtomicFile.temporarySuffix].contains(where: name.hasSuffix) else {
        continue
      }
      var status = stat()
      guard fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0, status.st_uid == geteuid() else { continue }
      names.append(name)
    }
    return names
  }

  private func reason() -> String { String(cString: strerror(errno)) }
}

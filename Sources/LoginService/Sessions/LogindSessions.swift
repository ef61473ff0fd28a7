import Glibc
import SystemSupport

/// The sessions that systemd-logind knows of, by the files it keeps for sd-login(3), which everybody may read: the daemon
/// reaches no bus, and needs none to count.
package struct LogindSessions: Sendable {
  private let folder: String

  package init(_ folder: String = "/run/systemd") { self.folder = folder }

  /// Whether logind runs on this machine, as sd-login tells it.
  var isThere: Bool { access("\(folder)/seats", F_OK) == 0 }

  struct Session: Equatable {
    /// The process that opened it.
    let leader: Int32?
  }

  /// People's sessions of `uid` that are open. Not counted are those that have ended and left a process behind
  /// (`closing`), greeters and lock screens, and the person's own service manager: where somebody lingers, one runs from
  /// boot to shutdown, and nobody sits there.
  ///
  /// - Returns: nil when logind's word can't be read.
  func sessions(of uid: UInt32) -> [Session]? {
    do {
      let online = try fields(of: "users/\(uid)")?["ONLINE_SESSIONS"]?.split(separator: " ") ?? []
      return try online.filter { $0.utf8.allSatisfy(isAlphanumeric) }.compactMap { name throws(Unreadable) in
        guard let session = try fields(of: "sessions/\(name)") else { return nil }
        // Newer logind count a manager as a session, of class `manager` or `manager-early`.
        let others = ["manager", "greeter", "lock-screen"]
        guard !others.contains(where: { session["CLASS"]?.hasPrefix($0) == true }) else { return nil }
        return Session(leader: session["LEADER"].flatMap { Int32($0) })
      }
    } catch {
      return nil
    }
  }

  /// Everybody of whom logind has a session or a manager.
  var uids: [UInt32] {
    guard let listing = opendir("\(folder)/users") else { return [] }
    defer { closedir(listing) }
    var found: [UInt32] = []
    while let entry = readdir(listing) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if let uid = UInt32(name) { found.append(uid) }
    }
    return found
  }

  private struct Unreadable: Error {}

  /// The `KEY=value` lines of a file; nil when there is none.
  private func fields(of path: String) throws(Unreadable) -> [String: String]? {
    let file = open("\(folder)/\(path)", O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard file >= 0 else {
      if errno == ENOENT { return nil }
      throw Unreadable()
    }
    defer { close(file) }
    guard let bytes = Descriptor.readAll(file, maximumBytes: 1 << 20) else { throw Unreadable() }
    var fields: [String: String] = [:]
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      let parts = line.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 {
        fields[String(decoding: parts[0], as: UTF8.self)] = String(decoding: parts[1], as: UTF8.self)
      }
    }
    return fields
  }
}

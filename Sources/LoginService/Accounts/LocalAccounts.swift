import Glibc
import SystemSupport

/// Who is a user or a group of this machine without us. Read from the files themselves: asking NSS would ask our own
/// records, and could wait for another service that waits for us.
package struct LocalAccounts: Sendable {
  private let passwdPath: String
  private let groupPath: String

  package init(passwdPath: String = "/etc/passwd", groupPath: String = "/etc/group") {
    self.passwdPath = passwdPath
    self.groupPath = groupPath
  }

  /// What the two files say now. Throws when one can't be read: then nobody can be proved not to be local.
  package func snapshot() throws -> Snapshot {
    Snapshot(users: try Self.read(passwdPath), groups: try Self.read(groupPath))
  }

  package struct Snapshot: Sendable {
    /// name → id
    package let users: [String: UInt32]
    package let groups: [String: UInt32]

    package func has(name: String) -> Bool { users[name] != nil || groups[name] != nil }
    package func has(id: UInt32) -> Bool { users.values.contains(id) || groups.values.contains(id) }
  }

  package struct Unreadable: Error, Sendable, CustomStringConvertible {
    package let description: String
  }

  private static func read(_ path: String) throws(Unreadable) -> [String: UInt32] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Unreadable(description: "\(path): \(String(cString: strerror(errno)))") }
    defer { close(descriptor) }
    guard let content = Descriptor.readAll(descriptor, maximumBytes: 64 << 20) else {
      throw Unreadable(description: "\(path): \(String(cString: strerror(errno)))")
    }
    return parse(content)
  }

  /// `name:password:id:…` a line. A line whose id can't be read still blocks its name.
  static func parse(_ content: [UInt8]) -> [String: UInt32] {
    var found: [String: UInt32] = [:]
    for line in content.split(separator: UInt8(ascii: "\n")) {
      let fields = line.split(separator: UInt8(ascii: ":"), maxSplits: 3, omittingEmptySubsequences: false)
      // "+name" and "-name" are NIS's ways to speak of a name.
      let name = fields.first.map { $0.drop { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") } } ?? []
      guard !name.isEmpty, let text = String(validating: name, as: UTF8.self) else { continue }
      let id = fields.count > 2 ? String(validating: fields[2], as: UTF8.self).flatMap { UInt32($0) } : nil
      found[text] = id ?? UInt32.max
    }
    return found
  }
}

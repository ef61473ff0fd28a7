import Glibc
import SystemSupport

/// What the machine's own files say of names and ids, at one moment.
package struct AccountFiles: Sendable {
  /// name → id
  package let users: [String: UInt32]
  package let groups: [String: UInt32]
  /// Names that stand as members in /etc/group: whoever had such a name would have what the group has.
  package let members: Set<String>
  /// Own groups of accounts with uid 0.
  package let ownGroupsOfRoot: Set<UInt32>
  /// What users of this machine may use in their user namespaces (subuid(5), subgid(5)).
  package let subordinate: [ClosedRange<UInt32>]

  package struct Unreadable: Error, Sendable, CustomStringConvertible {
    package let description: String
  }

  private let ids: Set<UInt32>

  static let names = ["passwd", "group"]
  static let subordinateNames = ["subuid", "subgid"]

  /// Throws when one can't be read: then nobody can be proved not to be local.
  ///
  /// - Parameters:
  ///   - folder: /etc
  ///   - withSubordinate: also what user namespaces may use, which only who gives ids away must know
  package init(in folder: String, withSubordinate: Bool = true) throws(Unreadable) {
    var users: [String: UInt32] = [:]
    var groups: [String: UInt32] = [:]
    var members: Set<String> = []
    var ofRoot: Set<UInt32> = []
    for fields in try Self.lines("\(folder)/passwd") {
      users[Self.name(fields[0])] = Self.number(fields, 2) ?? .max
      if Self.number(fields, 2) == 0, let group = Self.number(fields, 3) { ofRoot.insert(group) }
    }
    for fields in try Self.lines("\(folder)/group") {
      groups[Self.name(fields[0])] = Self.number(fields, 2) ?? .max
      if fields.count > 3 { members.formUnion(fields[3].split(separator: ",").map { String($0) }) }
    }
    var ranges: [ClosedRange<UInt32>] = []
    for name in withSubordinate ? Self.subordinateNames : [] {
      for fields in try Self.lines("\(folder)/\(name)", mayBeMissing: true) {
        guard let start = Self.number(fields, 1), let count = Self.number(fields, 2), count > 0 else { continue }
        ranges.append(start...(start.addingReportingOverflow(count - 1).overflow ? .max : start + count - 1))
      }
    }
    (self.users, self.groups, self.members, ownGroupsOfRoot, subordinate) = (users, groups, members, ofRoot, ranges)
    ids = Set(users.values).union(groups.values)
  }

  package func has(name: String) -> Bool { users[name] != nil || groups[name] != nil }

  package func has(id: UInt32) -> Bool { ids.contains(id) }

  /// Fields of each line, at least one of them.
  private static func lines(_ path: String, mayBeMissing: Bool = false) throws(Unreadable) -> [[Substring]] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    if descriptor < 0, errno == ENOENT, mayBeMissing { return [] }
    guard descriptor >= 0 else { throw Unreadable(description: "\(path): \(String(cString: strerror(errno)))") }
    defer { close(descriptor) }
    guard let bytes = Descriptor.readAll(descriptor, maximumBytes: 64 << 20) else {
      throw Unreadable(description: "\(path): \(String(cString: strerror(errno)))")
    }
    return bytes.split(separator: UInt8(ascii: "\n")).map {
      String(decoding: $0, as: UTF8.self).split(separator: ":", omittingEmptySubsequences: false)
    }
  }

  /// "+name" and "-name" are NIS's ways to speak of a name.
  private static func name(_ field: Substring) -> String { String(field.drop { $0 == "+" || $0 == "-" }) }

  /// A line whose id can't be read still blocks its name.
  private static func number(_ fields: [Substring], _ index: Int) -> UInt32? {
    fields.count > index ? UInt32(fields[index]) : nil
  }
}

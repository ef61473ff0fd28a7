import SystemSupport

/// What root's configuration allows records to say: the same file as the daemon's, read by root's own program.
package struct RecordSettings: Sendable, Equatable {
  package let ids: ClosedRange<UInt32>
  /// Groups of this machine that `group_map` names.
  package let groups: Set<RecordName>
  package let homePrefix: String
  package let shell: String

  static let maximumBytes = 1 << 20

  /// Reads `[login]`. Other sections, and keys that records have nothing to do with, are the daemon's to judge.
  package static func read(_ path: String) throws(ConfigurationError) -> RecordSettings {
    let content: [UInt8]?
    do throws(TrustedFile.Failure) {
      content = try TrustedFile.read(path, maximumBytes: maximumBytes, followsLinks: false)
    } catch {
      throw ConfigurationError(file: path, error)
    }
    guard let content else { throw ConfigurationError(file: path, "doesn't exist", advice: "Write it") }
    return try parse(content, name: path)
  }

  package static func parse(_ bytes: [UInt8], name: String) throws(ConfigurationError) -> RecordSettings {
    let entries = try INIFile(bytes, name: name)["login"]?.entries ?? [:]
    func refuse(_ key: String, _ advice: String) -> ConfigurationError {
      ConfigurationError(file: name, line: entries[key]?.line, "\(key) isn't a valid value", advice: advice)
    }
    func number(_ key: String, _ standard: UInt32) throws(ConfigurationError) -> UInt32 {
      guard let text = entries[key]?.value else { return standard }
      guard let number = UInt32(text) else { throw refuse(key, "It must be a number") }
      return number
    }
    func path(_ key: String, _ standard: String) throws(ConfigurationError) -> String {
      guard let text = entries[key]?.value else { return standard }
      guard isHomeOrShell(text) else {
        throw refuse(key, "It must be an absolute path of printable ASCII characters, without : and ..")
      }
      return text
    }
    guard
      let ids = RecordIDs.range(
        try number("uid_min", RecordIDs.standard.lowerBound), try number("uid_max", RecordIDs.standard.upperBound))
    else { throw refuse("uid_max", "Choose uid_min and uid_max from 1000–60000 or from 65536–524287") }
    guard let groups = groups(entries["group_map"]?.value ?? "") else {
      throw refuse("group_map", "Write it as POOLGROUP:LINUXGROUP, separated by commas")
    }
    return RecordSettings(
      ids: ids, groups: groups, homePrefix: try path("home_prefix", "/home"), shell: try path("shell", "/bin/bash"))
  }

  /// The same in the form of the file, to be kept. The pool's side of `group_map` is the daemon's, and isn't kept.
  var text: String {
    let map = groups.sorted().map { "x:\($0)" }.joined(separator: ", ")
    return """
      [login]
      uid_min = \(ids.lowerBound)
      uid_max = \(ids.upperBound)
      group_map = \(map)
      home_prefix = \(homePrefix)
      shell = \(shell)

      """
  }

  private static func groups(_ text: String) -> Set<RecordName>? {
    if text.isEmpty { return [] }
    var groups: Set<RecordName> = []
    for pair in text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
      guard let colon = pair.lastIndex(of: UInt8(ascii: ":")) else { return nil }
      let rest = pair[pair.index(after: colon)...].split { $0 == 0x20 || $0 == 0x09 }
      guard rest.count == 1, let group = RecordName(String(decoding: rest[0], as: UTF8.self)) else { return nil }
      groups.insert(group)
    }
    return groups
  }

  /// What a line of passwd can hold.
  package static func isHomeOrShell(_ text: String) -> Bool {
    text.hasPrefix("/") && text.utf8.count <= 255
      && text.utf8.allSatisfy { (0x21...0x7e).contains($0) && $0 != UInt8(ascii: ":") }
      && !text.split(separator: "/").contains("..")
  }
}

/// What the daemon may ask the writer for, one line each. Nothing else can be said: no uid outside the range, no record's
/// text, no file's name.
package enum RecordRequest: Sendable, Equatable {
  /// The person's records shall be there and say this; `id` only where the daemon knows it from before, else the writer
  /// chooses one. Answered with `bound`.
  case user(RecordName, id: UInt32?, isLocked: Bool, groups: [RecordName])
  /// The person is gone: no records, and the id is never given again.
  case withdraw(RecordName)
  /// From here to `end` all people are named; whoever isn't is withdrawn.
  case all
  case end

  /// Its newline included.
  package static let maximumLength = 4096
  static let maximumGroups = 100

  /// - Parameter line: without its newline
  package init?(_ line: some Collection<UInt8>) {
    guard line.count < Self.maximumLength, line.allSatisfy({ (0x20...0x7e).contains($0) }) else { return nil }
    let words = String(decoding: line, as: UTF8.self).split(separator: " ", omittingEmptySubsequences: false)
    switch (words.first, words.count) {
    case ("user", 5):
      guard let name = RecordName(words[1]), let groups = Self.groups(words[4]) else { return nil }
      let id = Self.number(words[2])
      guard id != nil || words[2] == "-", words[3] == "open" || words[3] == "locked" else { return nil }
      self = .user(name, id: id, isLocked: words[3] == "locked", groups: groups)
    case ("withdraw", 2):
      guard let name = RecordName(words[1]) else { return nil }
      self = .withdraw(name)
    case ("all", 1): self = .all
    case ("end", 1): self = .end
    default: return nil
    }
  }

  /// With its newline.
  package var line: String {
    switch self {
    case .user(let name, let id, let isLocked, let groups):
      let names = groups.isEmpty ? "-" : groups.map(\.text).joined(separator: ",")
      return "user \(name) \(id.map { String($0) } ?? "-") \(isLocked ? "locked" : "open") \(names)\n"
    case .withdraw(let name): return "withdraw \(name)\n"
    case .all: return "all\n"
    case .end: return "end\n"
    }
  }

  /// Digits alone, no leading zero: one number has one spelling.
  private static func number(_ text: Substring) -> UInt32? {
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), text.utf8.first != UInt8(ascii: "0") else { return nil }
    return UInt32(text)
  }

  private static func groups(_ text: Substring) -> [RecordName]? {
    if text == "-" { return [] }
    let names = text.split(separator: ",", omittingEmptySubsequences: false)
    guard names.count <= maximumGroups else { return nil }
    let groups = names.compactMap { RecordName($0) }
    return groups.count == names.count && Set(groups).count == groups.count ? groups : nil
  }
}

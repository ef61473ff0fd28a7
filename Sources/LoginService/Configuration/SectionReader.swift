import SystemSupport

/// Takes keys out of a section; what nobody took is unknown. Whatever is wrong is noted, and reading goes on with what
/// would be there without it, so that all of it can be told at once.
struct SectionReader {
  private let file: INIFile
  private let section: String
  private let faults: FaultList
  private var taken: Set<String> = []

  init(_ file: INIFile, _ section: String, _ faults: FaultList) {
    self.file = file
    self.section = section
    self.faults = faults
  }

  private var entries: [String: INIFile.Entry] { file[section]?.entries ?? [:] }

  func refuse(_ key: String, _ problem: String, _ advice: String) {
    faults.add(ConfigurationError(file: file.name, line: entries[key]?.line, problem, advice: advice))
  }

  /// What is wrong with another file that a key names.
  func refuse(_ fault: ConfigurationError) { faults.add(fault) }

  mutating func optional(_ key: String, _ rule: SettingRule) -> String? {
    taken.insert(key)
    guard let entry = entries[key] else { return nil }
    guard rule.accepts(entry.value) else {
      refuse(key, "\(key) = \(entry.value) isn't a valid value", "It must be \(rule.form)")
      return nil
    }
    return entry.value
  }

  /// Empty when it isn't there.
  mutating func required(_ key: String, _ rule: SettingRule) -> String {
    if let value = optional(key, rule) { return value }
    if entries[key] == nil { refuse(key, "\(key) is missing in [\(section)]", "Add it: \(rule.form)") }
    return ""
  }

  mutating func number(_ key: String) -> UInt32? {
    optional(key, SettingRule("a number") { UInt32($0) != nil }).flatMap { UInt32($0) }
  }

  mutating func flag(_ key: String) -> Bool? {
    optional(key, SettingRule("yes or no") { $0 == "yes" || $0 == "no" }).map { $0 == "yes" }
  }

  mutating func duration(_ key: String) -> Duration? {
    let rule = SettingRule("a number with s, m, h or d, as 15m") { LoginService.duration($0) != nil }
    return optional(key, rule).flatMap { LoginService.duration($0) }
  }

  /// A list separated by commas; blanks around them don't count.
  mutating func words(_ key: String, where isValid: (String) -> Bool) -> [String]? {
    guard let text = optional(key, SettingRule("a list separated by commas") { _ in true }) else { return nil }
    if text.isEmpty { return [] }
    var words: [String] = []
    for part in text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
      let pieces = part.split(whereSeparator: { $0 == 0x20 || $0 == 0x09 })
      let word = pieces.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
      guard !word.isEmpty, isValid(word) else {
        refuse(key, "`\(word)` in \(key) isn't a valid name", "Separate names by single commas")
        return nil
      }
      words.append(word)
    }
    return words
  }

  /// Whether the section says anything about a key, right or wrong.
  func has(_ key: String) -> Bool { entries[key] != nil }

  func finish() {
    for key in entries.keys where !taken.contains(key) {
      let meant = suggestion(for: key, among: taken).map { "Did you mean \($0)? " } ?? ""
      refuse(
        key, "unknown key \(key) in [\(section)]", meant + "Known are: \(taken.sorted().joined(separator: ", "))")
    }
  }
}

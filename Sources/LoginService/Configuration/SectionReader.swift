import SystemSupport

/// Takes keys out of a section; what nobody took is unknown, and refused.
struct SectionReader {
  private let file: INIFile
  private let section: String
  private var taken: Set<String> = []

  init(_ file: INIFile, _ section: String) {
    self.file = file
    self.section = section
  }

  private var entries: [String: INIFile.Entry] { file[section]?.entries ?? [:] }

  func refuse(_ key: String, _ problem: String, _ advice: String) -> ConfigurationError {
    ConfigurationError(file: file.name, line: entries[key]?.line, problem, advice: advice)
  }

  mutating func optional(_ key: String, _ rule: SettingRule) throws(ConfigurationError) -> String? {
    taken.insert(key)
    guard let entry = entries[key] else { return nil }
    guard rule.accepts(entry.value) else {
      throw refuse(key, "\(key) = \(entry.value) isn't a valid value", "It must be \(rule.form)")
    }
    return entry.value
  }

  mutating func required(_ key: String, _ rule: SettingRule) throws(ConfigurationError) -> String {
    guard let value = try optional(key, rule) else {
      throw refuse(key, "\(key) is missing in [\(section)]", "Add it: \(rule.form)")
    }
    return value
  }

  mutating func number(_ key: String) throws(ConfigurationError) -> UInt32? {
    try optional(key, SettingRule("a number") { UInt32($0) != nil }).flatMap { UInt32($0) }
  }

  mutating func flag(_ key: String) throws(ConfigurationError) -> Bool? {
    try optional(key, SettingRule("yes or no") { $0 == "yes" || $0 == "no" }).map { $0 == "yes" }
  }

  mutating func duration(_ key: String) throws(ConfigurationError) -> Duration? {
    let rule = SettingRule("a number with s, m, h or d, as 15m") { LoginService.duration($0) != nil }
    return try optional(key, rule).flatMap { LoginService.duration($0) }
  }

  /// A list separated by commas; blanks around them don't count.
  mutating func words(_ key: String, where isValid: (String) -> Bool) throws(ConfigurationError) -> [String]? {
    guard let text = try optional(key, SettingRule("a list separated by commas") { _ in true }) else { return nil }
    if text.isEmpty { return [] }
    var words: [String] = []
    for part in text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
      let pieces = part.split(whereSeparator: { $0 == 0x20 || $0 == 0x09 })
      let word = pieces.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
      guard !word.isEmpty, isValid(word) else {
        throw refuse(key, "`\(word)` in \(key) isn't a valid name", "Separate names by single commas")
      }
      words.append(word)
    }
    return words
  }

  func finish() throws(ConfigurationError) {
    let unknown = entries.filter { !taken.contains($0.key) }.min { $0.value.line < $1.value.line }
    guard let unknown else { return }
    throw refuse(
      unknown.key, "unknown key \(unknown.key) in [\(section)]",
      "Known are: \(taken.sorted().joined(separator: ", "))")
  }
}

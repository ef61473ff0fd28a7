/// Takes keys out of a section; what nobody took is unknown, and refused.
struct SectionReader {
  private let file: INIFile
  private let section: String
  private var taken: Set<String> = []

  init(_ file: INIFile, _ section: String) {
    self.file = file
    self.section = section
  }

  private var entries: [String: INIFile.Entry] { file.sections[section] ?? [:] }

  func refuse(_ key: String, _ problem: String, _ advice: String) -> ConfigurationError {
    ConfigurationError(file: file.name, line: entries[key]?.line, problem, advice: advice)
  }

  mutating func optional(_ key: String, as form: String, where isValid: (String) -> Bool) throws(ConfigurationError)
    -> String?
  {
    taken.insert(key)
    guard let entry = entries[key] else { return nil }
    guard isValid(entry.value) else {
      throw refuse(key, "\(key) = \(entry.value) isn't a valid value", "Write \(form)")
    }
    return entry.value
  }

  mutating func required(_ key: String, as form: String, where isValid: (String) -> Bool) throws(ConfigurationError)
    -> String
  {
    guard let value = try optional(key, as: form, where: isValid) else {
      throw refuse(key, "\(key) is missing in [\(section)]", "Add \(key) = \(form)")
    }
    return value
  }

  mutating func number(_ key: String) throws(ConfigurationError) -> UInt32? {
    try optional(key, as: "a number", where: { UInt32($0) != nil }).flatMap { UInt32($0) }
  }

  mutating func flag(_ key: String) throws(ConfigurationError) -> Bool? {
    try optional(key, as: "yes or no", where: { $0 == "yes" || $0 == "no" }).map { $0 == "yes" }
  }

  /// A list separated by commas; blanks around them don't count.
  mutating func words(_ key: String, where isValid: (String) -> Bool) throws(ConfigurationError) -> [String]? {
    guard let text = try optional(key, as: "a list separated by commas", where: { _ in true }) else { return nil }
    var words: [String] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let word = part.split(whereSeparator: { $0 == " " || $0 == "\t" }).joined(separator: " ")
      if word.isEmpty, text.allSatisfy({ $0 == " " || $0 == "\t" }) { continue }
      guard !word.isEmpty, isValid(word) else {
        throw refuse(key, "\(String(reflecting: word)) in \(key) isn't a valid name", "Separate names by single commas")
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

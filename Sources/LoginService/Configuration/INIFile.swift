/// A strict INI file: `[section]`, `key = value`, whole-line comments with `#` or `;`. No quoting, no continuation, no
/// repetition: whatever could be read in two ways is refused, with its line.
struct INIFile {
  struct Entry: Equatable {
    let value: String
    let line: Int
  }

  let name: String
  /// section → key → entry
  let sections: [String: [String: Entry]]

  init(name: String, text: String) throws(ConfigurationError) {
    self.name = name
    var sections: [String: [String: Entry]] = [:]
    var current: String?
    var number = 0
    for raw in text.split(separator: "\n", omittingEmptySubsequences: false) {
      number += 1
      func refuse(_ problem: String, _ advice: String) -> ConfigurationError {
        ConfigurationError(file: name, line: number, problem, advice: advice)
      }
      guard raw.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7f || $0 == "\t" }) else {
        throw refuse("a control character", "Retype this line (Windows line ends count as well)")
      }
      let line = trimmed(raw)
      guard let first = line.first, first != "#", first != ";" else { continue }
      if first == "[" {
        guard line.last == "]", line.count > 2 else {
          throw refuse("a section that isn't closed", "Write it as [name]")
        }
        let section = String(line.dropFirst().dropLast())
        guard sections[section] == nil else {
          throw refuse("section [\(section)] a second time", "Put all its keys under the first one")
        }
        sections[section] = [:]
        current = section
        continue
      }
      guard let equals = line.firstIndex(of: "=") else {
        throw refuse("neither a section, nor key = value, nor a comment", "Comments start with #")
      }
      guard let section = current else { throw refuse("a key before any section", "Start with [pool]") }
      let key = String(trimmed(line[..<equals]))
      let value = String(trimmed(line[line.index(after: equals)...]))
      guard sections[section]?[key] == nil else {
        throw refuse("key \(key) a second time", "Keep one of the two lines")
      }
      sections[section]?[key] = Entry(value: value, line: number)
    }
    self.sections = sections
  }
}

private func trimmed(_ text: Substring) -> Substring {
  var text = text
  while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
  while let last = text.last, last == " " || last == "\t" { text.removeLast() }
  return text
}

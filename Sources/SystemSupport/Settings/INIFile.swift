/// A strict INI file: `[section]`, `key = value`, whole-line comments with `#` or `;`. No quoting, no continuation, no
/// repetition: whatever could be read in two ways is refused, with its line, because a typing error in a security
/// setting must not silently mean "default".
///
/// Bytes are split on LF alone. Swift's `Character` takes CR LF for one element, which is how parsers of this kind have
/// been fooled before (CVE-2024-52006).
package struct INIFile: Sendable {
  package struct Entry: Sendable, Equatable {
    /// May be empty; no blanks around it.
    package let value: String
    package let line: Int
  }

  package struct Section: Sendable, Equatable {
    /// What stands between the brackets, no blanks around it.
    package let name: String
    package let line: Int
    package fileprivate(set) var entries: [String: Entry] = [:]
  }

  /// What messages call the file.
  package let name: String
  /// In the file's order.
  package private(set) var sections: [Section] = []

  /// After a section that can't be taken, or before the first: nobody can say whose the keys are.
  private var isLost = false

  /// - Parameters:
  ///   - bytes: the file's content
  ///   - name: its path, for messages
  /// - Throws: the first thing that is wrong
  package init(_ bytes: [UInt8], name: String) throws(ConfigurationError) {
    var first: ConfigurationError?
    self.init(bytes, name: name) { first = first ?? $0 }
    if let first { throw first }
  }

  /// Takes what can be taken.
  ///
  /// - Parameter fault: called with each thing that is wrong, in the file's order
  package init(_ bytes: [UInt8], name: String, fault: (ConfigurationError) -> Void) {
    self.name = name
    var number = 0
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      do throws(ConfigurationError) { try read(line, number) } catch { fault(error) }
    }
  }

  package subscript(section: String) -> Section? { sections.first { $0.name == section } }

  private mutating func read(_ bytes: ArraySlice<UInt8>, _ number: Int) throws(ConfigurationError) {
    func refuse(_ problem: String, _ advice: String) -> ConfigurationError {
      ConfigurationError(file: name, line: number, problem, advice: advice)
    }
    guard let line = String(validating: bytes.trimmed, as: UTF8.self) else {
      throw refuse("bytes that are not UTF-8", "Save the file as UTF-8")
    }
    guard line.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control || $0 == "\t" }) else {
      throw refuse("a control character", "Retype this line (DOS line ends count as well)")
    }
    guard let first = line.utf8.first, first != UInt8(ascii: "#"), first != UInt8(ascii: ";") else { return }
    if first == UInt8(ascii: "[") {
      isLost = true
      guard line.utf8.last == UInt8(ascii: "]") else {
        throw refuse("a section that isn't closed", "Write it as [name]")
      }
      let section = String(decoding: Array(line.utf8.dropFirst().dropLast())[...].trimmed, as: UTF8.self)
      guard !section.isEmpty else { throw refuse("a section without a name", "Write it as [name]") }
      guard self[section] == nil else {
        throw refuse("section [\(section)] a second time", "Put all its keys under the first one")
      }
      isLost = false
      sections.append(Section(name: section, line: number))
      return
    }
    guard !isLost else { return }
    let parts = line.utf8.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else {
      throw refuse("neither a section, nor key = value, nor a comment", "Comments start with #")
    }
    let key = String(decoding: Array(parts[0])[...].trimmed, as: UTF8.self)
    let value = String(decoding: Array(parts[1])[...].trimmed, as: UTF8.self)
    guard !key.isEmpty else { throw refuse("a value without a key", "Write it as key = value") }
    guard !sections.isEmpty else {
      isLost = true
      throw refuse("a key before any section", "Start with a [section]")
    }
    guard sections[sections.count - 1].entries[key] == nil else {
      throw refuse("key \(key) a second time", "Keep one of the two lines")
    }
    sections[sections.count - 1].entries[key] = Entry(value: value, line: number)
  }
}

extension ArraySlice<UInt8> {
  /// Without blanks and tabs around it.
  fileprivate var trimmed: ArraySlice<UInt8> {
    let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
    guard let first = firstIndex(where: { !isBlank($0) }), let last = lastIndex(where: { !isBlank($0) }) else {
      return []
    }
    return self[first...last]
  }
}

/// One of AWS's shared files, read as botocore reads it: with the rules of Python's `configparser`.
///
/// A setting is `name = value` or `name : value`; its name is in lower case. `#` and `;` make a comment of a whole line,
/// never of the end of one. What is indented deeper than a setting belongs to its value. `[DEFAULT]` holds settings for
/// all sections. A section or a setting that comes twice is an error, and so is a line that is nothing of all that.
struct AWSFile {
  struct Section {
    let name: String
    var settings: [String: String]
  }

  /// In the order of the file.
  private(set) var sections: [Section] = []
  private let path: String

  /// - Parameters:
  ///   - bytes: UTF-8; lines end with LF, CR or both.
  ///   - path: for error texts. The contents never get into one: a line may hold a secret.
  init(_ bytes: [UInt8], path: String) throws(CognitoError) {
    self.path = path
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw CognitoError(.invalidConfiguration, "The file \(path) is not UTF-8 text.")
    }
    guard text.unicodeScalars.first != "\u{FEFF}" else {
      throw failure(1, "it begins with a byte order mark, with which the AWS tools can't read it either: remove it")
    }
    var reader = Reader()
    for (index, line) in Self.lines(text).enumerated() {
      if let reason = reader.take(line) { throw failure(index + 1, reason) }
    }
    var defaults: [String: String] = [:]
    for section in reader.sections {
      var settings: [String: String] = [:]
      for entry in section.entries {
        guard let value = try value(of: entry) else { continue }
        settings[entry.name] = value
      }
      if section.name == "DEFAULT" {
        defaults = settings
      } else {
        sections.append(Section(name: section.name, settings: settings))
      }
    }
    for index in sections.indices { sections[index].settings.merge(defaults) { own, _ in own } }
  }

  /// - Returns: `nil` for a block of nested settings: they are none of ours.
  private func value(of entry: Reader.Entry) throws(CognitoError) -> String? {
    var lines = entry.lines
    while let last = lines.last, last.isEmpty { lines.removeLast() }
    if lines.count > 1, lines[0].isEmpty {
      guard lines.allSatisfy({ $0.isEmpty || $0.contains("=") }) else {
        throw failure(entry.number, "what is indented below it must be settings, or a value on one line")
      }
      return nil
    }
    return lines.map { String($0) }.joined(separator: "\n")
  }

  private func failure(_ line: Int, _ reason: String) -> CognitoError {
    CognitoError(.invalidConfiguration, "\(path):\(line): \(reason).")
  }

  /// To a String, CR LF is one character that is equal to neither.
  private static func lines(_ text: String) -> [Substring.UnicodeScalarView] {
    var lines: [Substring.UnicodeScalarView] = []
    var rest = text.unicodeScalars[...]
    while let end = rest.firstIndex(where: { $0 == "\n" || $0 == "\r" }) {
      lines.append(rest[..<end])
      let next = rest.index(after: end)
      let isPair = rest[end] == "\r" && next < rest.endIndex && rest[next] == "\n"
      rest = rest[(isPair ? rest.index(after: next) : next)...]
    }
    lines.append(rest)
    return lines
  }
}

extension AWSFile {
  /// Takes a file's lines in, one after the other.
  private struct Reader {
    typealias Text = Substring.UnicodeScalarView

    struct Entry {
      let number: Int
      let name: String
      var lines: [Text]
    }

    struct RawSection {
      let name: String
      var entries: [Entry] = []
    }

    private(set) var sections: [RawSection] = []
    private var indent = 0
    private var number = 0
    private var hasEntry = false

    /// - Returns: what is wrong with the line.
    mutating func take(_ line: Text) -> String? {
      number += 1
      let text = Self.trim(line)
      if text.first == "#" || text.first == ";" { return nil }
      guard !text.isEmpty else {
        continueEntry(text)
        return nil
      }
      let depth = line.prefix(while: Self.isBlank).count
      if hasEntry, depth > indent {
        continueEntry(text)
        return nil
      }
      indent = depth
      if text.first == "[", let close = text.lastIndex(of: "]"), text.index(after: text.startIndex) < close {
        return begin(String(text[text.index(after: text.startIndex)..<close]))
      }
      return sections.isEmpty ? "a section must come first" : addEntry(text)
    }

    private mutating func begin(_ name: String) -> String? {
      guard !sections.contains(where: { $0.name == name }) else { return "this section is there already" }
      sections.append(RawSection(name: name))
      hasEntry = false
      return nil
    }

    private mutating func addEntry(_ text: Text) -> String? {
      guard let sign = text.firstIndex(where: { $0 == "=" || $0 == ":" }) else {
        return "neither a section nor a setting"
      }
      let name = String(Self.trim(text[..<sign])).lowercased()
      guard !name.isEmpty else { return "the setting has no name" }
      let last = sections.count - 1
      guard !sections[last].entries.contains(where: { $0.name == name }) else { return "this setting is there already" }
      let value = Self.trim(text[text.index(after: sign)...])
      sections[last].entries.append(Entry(number: number, name: name, lines: [value]))
      hasEntry = true
      return nil
    }

    private mutating func continueEntry(_ text: Text) {
      guard hasEntry, let section = sections.indices.last, let entry = sections[section].entries.indices.last else {
        return
      }
      sections[section].entries[entry].lines.append(text)
    }

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
      scalar.properties.isWhitespace || (0x1c...0x1f).contains(scalar.value)
    }

    private static func trim(_ text: Text) -> Text {
      var text = text.drop(while: isBlank)
      while let last = text.last, isBlank(last) { text.removeLast() }
      return text
    }
  }
}

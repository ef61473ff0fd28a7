/// The profiles of one of AWS's shared files (`~/.aws/config`, `~/.aws/credentials`).
///
/// Read as the AWS tools do: `#` and `;` start a comment at the beginning of a line, and after a blank in a value;
/// indented lines belong to the setting above (their nested settings are none of ours); a section that comes twice
/// is one section, and the later value wins.
package struct AWSProfiles: Sendable {
  /// How sections are named: the config file says `[profile NAME]` (but `[default]`), the credentials file `[NAME]`.
  package enum Kind: Sendable { case config, credentials }

  private var profiles: [String: [String: String]] = [:]

  /// - Parameters:
  ///   - bytes: the file's contents, UTF-8.
  ///   - kind: which of the two files it is.
  ///   - path: its path, for error texts. The contents never get into one: a line may hold a secret.
  package init(_ bytes: [UInt8], kind: Kind, path: String) throws(CognitoError) {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw CognitoError(.invalidConfiguration, "The file \(path) is not UTF-8 text.")
    }
    var current: String?
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let isIndented = line.first == " " || line.first == "\t"
      let trimmed = Self.trim(line)
      guard let first = trimmed.first, first != "#", first != ";" else { continue }
      if first == "[" {
        guard let close = trimmed.firstIndex(of: "]") else {
          throw CognitoError(.invalidConfiguration, "\(path):\(index + 1): the section's name has no closing bracket.")
        }
        current = Self.profileName(trimmed[trimmed.index(after: trimmed.startIndex)..<close], kind)
        if let current { profiles[current, default: [:]].merge([:]) { old, _ in old } }
        continue
      }
      guard !isIndented else { continue }
      guard let equals = trimmed.firstIndex(of: "=") else {
        throw CognitoError(.invalidConfiguration, "\(path):\(index + 1): neither a section nor a setting.")
      }
      guard let current else { continue }
      let key = Self.trim(trimmed[..<equals]).lowercased()
      profiles[current, default: [:]][key] = Self.value(trimmed[trimmed.index(after: equals)...])
    }
  }

  /// The settings of a profile; `nil` when there is no such section.
  package subscript(name: String) -> [String: String]? { profiles[name] }

  /// `nil` for sections that are no profile (`[sso-session x]`, `[services x]`).
  private static func profileName(_ section: Substring, _ kind: Kind) -> String? {
    let name = trim(section)
    switch kind {
    case .credentials: return String(name)
    case .config:
      if name == "default" { return "default" }
      guard name.hasPrefix("profile "), case let rest = trim(name.dropFirst(8)), !rest.isEmpty else { return nil }
      return String(rest)
    }
  }

  private static func value(_ text: Substring) -> String {
    var end = text.startIndex
    var previous: Character = " "
    while end < text.endIndex {
      let character = text[end]
      if character == "#" || character == ";", previous == " " || previous == "\t" { break }
      previous = character
      end = text.index(after: end)
    }
    return String(trim(text[..<end]))
  }

  private static func trim(_ text: Substring) -> Substring {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" }
    var result = text.drop(while: isBlank)
    while let last = result.last, isBlank(last) { result.removeLast() }
    return result
  }
}

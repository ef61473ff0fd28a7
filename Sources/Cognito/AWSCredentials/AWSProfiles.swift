/// The profiles of one of AWS's shared files (`~/.aws/config`, `~/.aws/credentials`), by the rules of ``AWSFile``.
package struct AWSProfiles: Sendable {
  /// How sections are named: the config file says `[profile NAME]` (but `[default]`) and `[sso-session NAME]`, with the
  /// name in quotes where it has blanks; the credentials file says `[NAME]`.
  package enum Kind: Sendable { case config, credentials }

  private var profiles: [String: [String: String]] = [:]
  private var sessions: [String: [String: String]] = [:]

  /// - Parameters:
  ///   - bytes: the file's contents, UTF-8.
  ///   - kind: which of the two files it is.
  ///   - path: its path, for error texts.
  package init(_ bytes: [UInt8], kind: Kind, path: String) throws(CognitoError) {
    for section in try AWSFile(bytes, path: path).sections {
      switch kind {
      case .credentials: profiles[section.name] = section.settings
      case .config where section.name == "default": profiles["default"] = section.settings
      case .config where section.name.hasPrefix("profile"):
        if let name = Self.name(section.name) { profiles[name] = section.settings }
      case .config where section.name.hasPrefix("sso-session"):
        if let name = Self.name(section.name) { sessions[name] = section.settings }
      // Whatever else there may be: `[services x]`, `[plugins]`.
      case .config: continue
      }
    }
  }

  /// The settings of a profile; `nil` when there is no such section.
  package subscript(name: String) -> [String: String]? { profiles[name] }

  /// The settings of an `[sso-session NAME]`.
  package func session(_ name: String) -> [String: String]? { sessions[name] }

  /// The second of two words.
  private static func name(_ section: String) -> String? {
    guard let words = CommandWords.split(section), words.count == 2 else { return nil }
    return words[1]
  }
}

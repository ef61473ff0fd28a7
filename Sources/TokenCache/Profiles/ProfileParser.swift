import SystemSupport

/// The strict reader of `profiles.conf`: an unknown section or key, a duplicate or a bad value refuses the whole file.
package struct ProfileParser {
  package static let maximumBytes = 65_536

  private let file: String
  private var profiles: [Profile] = []

  private static let keys: Set<String> = [
    "user_pool_id", "client_id", "client_secret_file", "region", "endpoint", "issuer", "ca_file", "hosts", "token",
    "store", "username", "login_socket", "git_scheme",
  ]

  /// - Parameters:
  ///   - bytes: the file's content
  ///   - file: its path, for messages
  package static func parse(_ bytes: [UInt8], file: String) throws(ConfigurationError) -> [Profile] {
    guard bytes.count <= maximumBytes else { throw ConfigurationError(file: file, .tooLarge(maximumBytes)) }
    var parser = ProfileParser(file: file)
    for section in try INIFile(bytes, name: file).sections { try parser.take(section) }
    try parser.refuseSharedHosts()
    return parser.profiles
  }

  private init(file: String) { self.file = file }

  private mutating func take(_ section: INIFile.Section) throws(ConfigurationError) {
    let name = try profileName(section)
    for (key, entry) in section.entries.sorted(by: { $0.value.line < $1.value.line }) {
      guard Self.keys.contains(key) else {
        let meant = suggestion(for: key, among: Self.keys).map { "Did you mean \($0)? " } ?? ""
        throw fail(
          entry.line, "unknown key `\(key)`", meant + "Known are: \(Self.keys.sorted().joined(separator: ", "))")
      }
      guard !entry.value.isEmpty else {
        throw fail(entry.line, "`\(key)` has no value", "Give it one, or drop the line")
      }
    }
    func value(_ key: String, _ rule: SettingRule) throws(ConfigurationError) -> String? {
      guard let entry = section.entries[key] else { return nil }
      guard rule.accepts(entry.value) else {
        throw fail(entry.line, "`\(key)` = \(entry.value) isn't a valid value", "It must be \(rule.form)")
      }
      return entry.value
    }
    guard let pool = try value("user_pool_id", PoolRules.userPoolID),
      let client = try value("client_id", PoolRules.clientID)
    else {
      throw fail(section.line, "profile `\(name)` names no pool", "Give it a user_pool_id and a client_id")
    }
    var profile = Profile(name: name, userPoolID: pool, clientID: client)
    profile.clientSecretFile = try value("client_secret_file", PoolRules.file)
    profile.region = try value("region", PoolRules.region)
    profile.endpoint = try value("endpoint", PoolRules.serviceURL)
    profile.issuer = try value("issuer", PoolRules.serviceURL)
    profile.caFile = try value("ca_file", PoolRules.file)
    profile.loginSocket = try value("login_socket", PoolRules.file)
    profile.username = try value("username", PoolRules.username)
    if let hosts = section.entries["hosts"] { profile.hosts = try hostList(hosts.value, hosts.line) }
    if let token = section.entries["token"] {
      guard let kind = TokenKind(rawValue: token.value) else {
        throw fail(token.line, "`token` = \(token.value) isn't a valid value", "It must be access or id")
      }
      profile.token = kind
    }
    if let store = section.entries["store"] {
      guard let kind = Profile.Store(rawValue: store.value) else {
        throw fail(
          store.line, "`store` = \(store.value) isn't a valid value", "It must be auto, secret-service, kernel or file")
      }
      profile.store = kind
    }
    if let scheme = section.entries["git_scheme"] {
      guard let kind = Profile.GitScheme(rawValue: scheme.value) else {
        throw fail(scheme.line, "`git_scheme` = \(scheme.value) isn't a valid value", "It must be bearer or basic")
      }
      profile.gitScheme = kind
    }
    profiles.append(profile)
  }

  private func profileName(_ section: INIFile.Section) throws(ConfigurationError) -> String {
    let words = section.name.utf8.split { $0 == 0x20 || $0 == 0x09 }.map { String(decoding: $0, as: UTF8.self) }
    guard words.count == 2, words[0] == "profile", ProfileRules.isName(words[1]) else {
      throw fail(
        section.line, "[\(section.name)] isn't a profile",
        "Write [profile NAME]: 1 to 64 of A-Z a-z 0-9 . _ -, not starting with a dot")
    }
    guard !profiles.contains(where: { $0.name == words[1] }) else {
      throw fail(section.line, "profile `\(words[1])` is there twice", "Keep one of the two sections")
    }
    return words[1]
  }

  private func hostList(_ text: String, _ line: Int) throws(ConfigurationError) -> [String] {
    var hosts: [String] = []
    for part in text.utf8.split(whereSeparator: { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: ",") }) {
      let host = String(decoding: part, as: UTF8.self)
      guard HostName.isValid(host) else {
        throw fail(
          line, "`\(host)` is not a server's name", "Write host or host:port in lower case, no pattern and no URL")
      }
      guard !hosts.contains(host) else { throw fail(line, "`\(host)` is there twice", "Name each server once") }
      hosts.append(host)
    }
    return hosts
  }

  /// Two profiles may serve one host only when each says for which account, else the choice would be by position.
  private func refuseSharedHosts() throws(ConfigurationError) {
    for (index, one) in profiles.enumerated() {
      for other in profiles[(index + 1)...] {
        guard let host = one.hosts.first(where: other.hosts.contains) else { continue }
        if let a = one.username, let b = other.username, a != b { continue }
        throw fail(
          nil, "`\(host)` is in the profiles `\(one.name)` and `\(other.name)`", "Give each of them its own username")
      }
    }
  }

  private func fail(_ line: Int?, _ problem: String, _ advice: String) -> ConfigurationError {
    ConfigurationError(file: file, line: line, problem, advice: advice)
  }
}

/// The strict reader of `profiles.conf`: an unknown section or key, a duplicate or a bad value refuses the whole file,
/// because a typing error in a security setting must not silently mean "default".
///
/// Bytes are split on LF alone. Swift's `Character` takes CR LF for one element, which is how parsers of this kind have
/// been fooled before (CVE-2024-52006).
package struct ProfileParser {
  package static let maximumBytes = 65_536

  private let file: String
  private var profiles: [Profile] = []
  private var section: Section?

  private struct Section {
    var name: String
    var line: Int
    var values: [String: (value: String, line: Int)] = [:]
  }

  private static let keys: Set<String> = [
    "user_pool_id", "client_id", "client_secret_file", "region", "endpoint", "issuer", "ca_file", "hosts", "token",
    "store", "username", "login_socket", "git_scheme",
  ]

  private init(file: String) { self.file = file }

  /// - Parameters:
  ///   - bytes: the file's content
  ///   - file: its path, for messages
  package static func parse(_ bytes: [UInt8], file: String) throws(ProfileError) -> [Profile] {
    guard bytes.count <= maximumBytes else {
      throw ProfileError(file: file, line: nil, reason: "larger than \(maximumBytes) bytes")
    }
    var parser = ProfileParser(file: file)
    var number = 0
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      try parser.read(line: line, number: number)
    }
    try parser.closeSection()
    try parser.refuseSharedHosts()
    return parser.profiles
  }

  private mutating func read(line bytes: ArraySlice<UInt8>, number: Int) throws(ProfileError) {
    guard bytes.allSatisfy({ $0 == 0x09 || ($0 >= 0x20 && $0 != 0x7f) }) else {
      throw fail(number, "control character (are there DOS line ends?)")
    }
    guard let text = String(validating: trimmed(bytes), as: UTF8.self) else { throw fail(number, "not UTF-8") }
    guard let first = text.utf8.first, first != UInt8(ascii: "#"), first != UInt8(ascii: ";") else { return }
    if first == UInt8(ascii: "[") {
      try closeSection()
      section = Section(name: try sectionName(text, number), line: number)
      return
    }
    guard let equals = text.utf8.firstIndex(of: UInt8(ascii: "=")) else { throw fail(number, "expected `key = value`") }
    guard var open = section else { throw fail(number, "a setting before the first [profile NAME]") }
    let key = trimmed(text[..<equals]), value = trimmed(text[text.utf8.index(after: equals)...])
    guard Self.keys.contains(key) else { throw fail(number, "unknown key `\(key)`") }
    guard open.values[key] == nil else { throw fail(number, "`\(key)` is set twice") }
    guard !value.isEmpty else { throw fail(number, "`\(key)` has no value") }
    open.values[key] = (value, number)
    section = open
  }

  private func sectionName(_ text: String, _ number: Int) throws(ProfileError) -> String {
    let prefix = "[profile "
    guard text.hasPrefix(prefix), text.hasSuffix("]") else { throw fail(number, "expected `[profile NAME]`") }
    let name = trimmed(text.dropFirst(prefix.count).dropLast())
    guard ProfileRules.isName(name) else {
      throw fail(number, "a profile's name is 1 to 64 of A-Z a-z 0-9 . _ - and does not start with a dot")
    }
    guard !profiles.contains(where: { $0.name == name }) else { throw fail(number, "profile `\(name)` is there twice") }
    return name
  }

  private mutating func closeSection() throws(ProfileError) {
    guard let open = section else { return }
    section = nil
    func value(_ key: String, _ isValid: (String) -> Bool, _ rule: String) throws(ProfileError) -> String? {
      guard let entry = open.values[key] else { return nil }
      guard isValid(entry.value) else { throw fail(entry.line, "`\(key)` must be \(rule)") }
      return entry.value
    }
    guard
      let pool = try value("user_pool_id", ProfileRules.isPoolID, "a pool id such as eu-west-1_AbCdEfGhI"),
      let client = try value("client_id", ProfileRules.isClientID, "1 to 128 letters, digits, _ or +")
    else { throw fail(open.line, "profile `\(open.name)` needs user_pool_id and client_id") }
    let url = "an https URL with no user and no query (http only for loopback)"
    var profile = Profile(name: open.name, userPoolID: pool, clientID: client)
    profile.clientSecretFile = try value("client_secret_file", ProfileRules.isAbsolutePath, "an absolute path")
    profile.region = try value("region", ProfileRules.isRegion, "a region such as eu-west-1")
    profile.endpoint = try value("endpoint", ProfileRules.isServiceURL, url)
    profile.issuer = try value("issuer", ProfileRules.isServiceURL, url)
    profile.caFile = try value("ca_file", ProfileRules.isAbsolutePath, "an absolute path")
    profile.loginSocket = try value("login_socket", ProfileRules.isAbsolutePath, "an absolute path")
    profile.username = try value("username", ProfileRules.isUsername, "1 to 128 bytes with no spaces")
    if let hosts = open.values["hosts"] { profile.hosts = try hostList(hosts.value, hosts.line) }
    if let token = open.values["token"] {
      guard let kind = TokenKind(rawValue: token.value) else { throw fail(token.line, "`token` is access or id") }
      profile.token = kind
    }
    if let store = open.values["store"] {
      guard let kind = Profile.Store(rawValue: store.value) else {
        throw fail(store.line, "`store` is secret-service, kernel or file")
      }
      profile.store = kind
    }
    if let scheme = open.values["git_scheme"] {
      guard let kind = Profile.GitScheme(rawValue: scheme.value) else {
        throw fail(scheme.line, "`git_scheme` is bearer or basic")
      }
      profile.gitScheme = kind
    }
    profiles.append(profile)
  }

  private func hostList(_ text: String, _ line: Int) throws(ProfileError) -> [String] {
    var hosts: [String] = []
    for part in text.utf8.split(whereSeparator: { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: ",") }) {
      let host = String(decoding: part, as: UTF8.self)
      guard HostName.isValid(host) else {
        throw fail(line, "`\(host)` is not host or host:port in lower case (patterns and URLs are not accepted)")
      }
      guard !hosts.contains(host) else { throw fail(line, "`\(host)` is there twice") }
      hosts.append(host)
    }
    return hosts
  }

  /// Two profiles may serve one host only when each says for which account, else the choice would be by position.
  private func refuseSharedHosts() throws(ProfileError) {
    for (index, one) in profiles.enumerated() {
      for other in profiles[(index + 1)...] {
        guard let host = one.hosts.first(where: other.hosts.contains) else { continue }
        if let a = one.username, let b = other.username, a != b { continue }
        throw fail(nil, "`\(host)` is in the profiles `\(one.name)` and `\(other.name)`: give each its own `username`")
      }
    }
  }

  private func fail(_ line: Int?, _ reason: String) -> ProfileError {
    ProfileError(file: file, line: line, reason: reason)
  }
}

private func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
  let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
  guard let first = bytes.firstIndex(where: { !isBlank($0) }), let last = bytes.lastIndex(where: { !isBlank($0) })
  else { return [] }
  return bytes[first...last]
}

private func trimmed(_ text: Substring) -> String { String(decoding: trimmed(Array(text.utf8)[...]), as: UTF8.self) }

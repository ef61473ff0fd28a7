import TokenCache

/// Changes `profiles.conf` as text, so that comments and the order of sections stay as their author left them.
package enum ProfileText {
  /// The profile's section.
  package static func section(_ profile: Profile) -> String {
    var lines = [
      "[profile \(profile.name)]", "user_pool_id = \(profile.userPoolID)", "client_id = \(profile.clientID)",
    ]
    func add(_ key: String, _ value: String?) { if let value { lines.append("\(key) = \(value)") } }
    add("client_secret_file", profile.clientSecretFile)
    add("region", profile.region)
    add("endpoint", profile.endpoint)
    add("issuer", profile.issuer)
    add("ca_file", profile.caFile)
    add("hosts", profile.hosts.isEmpty ? nil : profile.hosts.joined(separator: ", "))
    add("token", profile.token.rawValue)
    add("store", profile.store.rawValue)
    add("git_scheme", profile.gitScheme?.rawValue)
    add("username", profile.username)
    add("login_socket", profile.loginSocket)
    return lines.joined(separator: "\n") + "\n"
  }

  /// The file with this profile's section put in place of the old one, or at the end.
  package static func replacing(_ profile: Profile, in text: String) -> String {
    let (before, after, isFound) = around(profile.name, text)
    let gap = before.isEmpty || before.hasSuffix("\n\n") ? "" : (before.hasSuffix("\n") ? "\n" : "\n\n")
    return before + gap + section(profile) + (isFound && !after.isEmpty ? "\n" : "") + after
  }

  /// The file without this profile; nil when it has none of that name.
  package static func removing(_ name: String, from text: String) -> String? {
    let (before, after, isFound) = around(name, text)
    return isFound ? before + after : nil
  }

  /// What comes before and after a section. Comments right above the next section belong to that one.
  private static func around(_ name: String, _ text: String) -> (before: String, after: String, isFound: Bool) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    func header(_ line: String) -> String? {
      let trimmed = line.drop { $0 == " " || $0 == "\t" }
      guard trimmed.hasPrefix("["), let end = trimmed.lastIndex(of: "]") else { return nil }
      let words = trimmed[..<end].dropFirst().split(whereSeparator: { $0 == " " || $0 == "\t" })
      return words.count == 2 && words[0] == "profile" ? String(words[1]) : ""
    }
    guard let start = lines.firstIndex(where: { header($0) == name }) else { return (text, "", false) }
    var end = lines[(start + 1)...].firstIndex { header($0) != nil } ?? lines.endIndex
    while end > start + 1, end < lines.endIndex, isComment(lines[end - 1]) { end -= 1 }
    let before = lines[..<start].map { $0 + "\n" }.joined()
    return (before, lines[end...].joined(separator: "\n"), true)
  }

  private static func isComment(_ line: String) -> Bool {
    let first = line.first { $0 != " " && $0 != "\t" }
    return first == "#" || first == ";"
  }
}

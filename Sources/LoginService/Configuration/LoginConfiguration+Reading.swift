import Cognito
import LoginProtocol

extension LoginConfiguration {
  /// Reads the file and those that it names. Throws what stands between it and a start.
  package static func read(_ path: String) throws(ConfigurationError) -> LoginConfiguration {
    guard let text = String(validating: try TrustedFile.read(path), as: UTF8.self) else {
      throw ConfigurationError(file: path, "not UTF-8", advice: "Save it as UTF-8")
    }
    return try parse(text, name: path)
  }

  /// - Parameter name: what error messages call the file.
  package static func parse(_ text: String, name: String) throws(ConfigurationError) -> LoginConfiguration {
    let file = try INIFile(name: name, text: text)
    for section in file.sections.keys.sorted() where section != "pool" && section != "login" {
      throw ConfigurationError(file: name, "unknown section [\(section)]", advice: "There are [pool] and [login]")
    }
    var pool = SectionReader(file, "pool")
    var login = SectionReader(file, "login")
    let configuration = LoginConfiguration(pool: try self.pool(&pool), login: try self.login(&login))
    try pool.finish()
    try login.finish()
    return configuration
  }

  private static func pool(_ section: inout SectionReader) throws(ConfigurationError) -> Pool {
    let id = try section.required("user_pool_id", as: "like eu-west-1_AbCdEfGhI", where: isPoolID)
    let region = try section.optional("region", as: "like eu-west-1", where: isWord)
    return Pool(
      userPoolID: id,
      clientID: try section.required("client_id", as: "the app client's id", where: isWord),
      clientSecret: try secret(&section),
      region: region ?? String(id.prefix { $0 != "_" }),
      endpoint: try section.optional("endpoint", as: "https://… (http only for 127.0.0.1)", where: isAddress),
      issuer: try section.optional("issuer", as: "https://… (http only for 127.0.0.1)", where: isAddress),
      caFile: try section.optional("ca_file", as: "an absolute path", where: isPath))
  }

  private static func secret(_ section: inout SectionReader) throws(ConfigurationError) -> Secret? {
    guard let path = try section.optional("client_secret_file", as: "an absolute path", where: isPath) else {
      return nil
    }
    var bytes = try TrustedFile.read(path, secret: true, maximumBytes: 4096)
    defer { for index in bytes.indices { bytes[index] = 0 } }
    let line = bytes.prefix { $0 != UInt8(ascii: "\n") }
    guard !line.isEmpty, line.count <= 128, line.count + 1 >= bytes.count,
      line.allSatisfy({ (0x21...0x7e).contains($0) })
    else {
      throw ConfigurationError(
        file: path, "not one line with a client secret", advice: "Write the secret and nothing else")
    }
    return Secret(bytes: line)
  }

  private static func login(_ section: inout SectionReader) throws(ConfigurationError) -> Login {
    let minimum = try section.number("uid_min") ?? AccountIDRange.standard.minimum.number
    let maximum = try section.number("uid_max") ?? AccountIDRange.standard.maximum.number
    guard let ids = AccountIDRange(minimum: minimum, maximum: maximum) else {
      throw section.refuse(
        "uid_max", "uid_min–uid_max \(minimum)–\(maximum) isn't a range that may be given away",
        "Choose from 1000–60000 or from 65536–524287, uid_min not above uid_max")
    }
    let services = try section.words("reauthentication_services", where: isWord)
    let signOut = try section.optional("sign_out", as: "forget, revoke or global") { SignOut(rawValue: $0) != nil }
    return Login(
      allowed: try allowed(&section), groupMap: try groupMap(&section), ids: ids,
      homePrefix: try section.optional("home_prefix", as: "an absolute path without : and ..", where: isPath)
        ?? "/home",
      shell: try section.optional("shell", as: "an absolute path without : and ..", where: isPath) ?? "/bin/bash",
      allowUnknown: try section.flag("allow_unknown") ?? false,
      reauthenticationServices: Set(services ?? ["sudo", "sudo-i", "polkit-1"]),
      signOut: signOut.flatMap(SignOut.init(rawValue:)) ?? .revoke)
  }

  private static func allowed(_ section: inout SectionReader) throws(ConfigurationError) -> AllowedGroups {
    let groups = try section.words("allow_groups", where: isPoolGroup)
    guard let groups, !groups.isEmpty else {
      throw section.refuse(
        "allow_groups", "allow_groups doesn't say who may sign in",
        "Name groups of the user pool, as allow_groups = staff, or allow_groups = * for everybody in it")
    }
    if groups == ["*"] { return .everybody }
    guard !groups.contains("*") else {
      throw section.refuse("allow_groups", "* among group names", "Write * alone, or group names alone")
    }
    return .anyOf(Set(groups))
  }

  private static func groupMap(_ section: inout SectionReader) throws(ConfigurationError) -> GroupMap {
    var entries: [String: [String]] = [:]
    for pair in try section.words("group_map", where: { _ in true }) ?? [] {
      guard let colon = pair.lastIndex(of: ":") else {
        throw section.refuse("group_map", "\(quoted(pair)) isn't POOLGROUP:LINUXGROUP", "Write it as admins:sudo")
      }
      let (from, to) = (String(pair[..<colon]), String(pair[pair.index(after: colon)...]))
      guard isPoolGroup(from), from != "*", LoginName(to) != nil else {
        throw section.refuse("group_map", "\(quoted(pair)) isn't POOLGROUP:LINUXGROUP", "Write it as admins:sudo")
      }
      guard !GroupMap.refused.contains(to) else {
        throw section.refuse(
          "group_map", "group \(to) can't be given to people of a pool: it is as much as root",
          "Map a group that sudoers allows something to")
      }
      entries[from, default: []].append(to)
    }
    return GroupMap(entries: entries)
  }
}

private func quoted(_ text: String) -> String { String(reflecting: text) }

private func isWord(_ text: String) -> Bool {
  (1...128).contains(text.utf8.count)
    && text.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
        || "._-".utf8.contains(byte)
    }
}

private func isPoolID(_ text: String) -> Bool {
  let parts = text.split(separator: "_", omittingEmptySubsequences: false)
  return parts.count == 2 && parts.allSatisfy { isWord(String($0)) }
}

/// Cognito's own rule: up to 128 characters, no white space. `,` separates names here.
private func isPoolGroup(_ text: String) -> Bool {
  (1...128).contains(text.count)
    && text.unicodeScalars.allSatisfy { $0.value > 0x20 && !(0x7f...0xa0).contains($0.value) && $0 != "," }
}

private func isAddress(_ text: String) -> Bool {
  guard text.utf8.count <= 512, text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else { return false }
  if text.hasPrefix("https://") { return text.utf8.count > 8 }
  return ["http://127.0.0.1", "http://localhost", "http://[::1]"].contains { start in
    text == start || text.hasPrefix(start + ":") || text.hasPrefix(start + "/")
  }
}

private func isPath(_ text: String) -> Bool {
  text.hasPrefix("/") && text.utf8.count <= 255
    && text.utf8.allSatisfy { (0x21...0x7e).contains($0) && $0 != UInt8(ascii: ":") }
    && !text.split(separator: "/").contains("..")
}

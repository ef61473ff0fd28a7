import Cognito
import LoginProtocol
import LoginRecords
import SystemSupport

extension LoginConfiguration {
  package static let maximumBytes = 1 << 20

  /// Reads the file and those that it names. Throws what stands between it and a start.
  package static func read(_ path: String) throws(ConfigurationError) -> LoginConfiguration {
    try parse(content(of: path, maximumBytes: maximumBytes, readers: .everybody), name: path)
  }

  /// - Parameter name: what error messages call the file.
  package static func parse(_ bytes: [UInt8], name: String) throws(ConfigurationError) -> LoginConfiguration {
    let file = try INIFile(bytes, name: name)
    for section in file.sections where !["pool", "login"].contains(section.name) && services(in: section.name) == nil {
      throw ConfigurationError(
        file: name, line: section.line, "unknown section [\(section.name)]",
        advice: "There are [pool], [login] and [service NAME]")
    }
    var pool = SectionReader(file, "pool")
    var login = SectionReader(file, "login")
    let configuration = LoginConfiguration(pool: try self.pool(&pool), login: try self.login(&login, of: file))
    try pool.finish()
    try login.finish()
    return configuration
  }

  private static func pool(_ section: inout SectionReader) throws(ConfigurationError) -> Pool {
    let id = try section.required("user_pool_id", PoolRules.userPoolID)
    let region = try section.optional("region", PoolRules.region)
    return Pool(
      userPoolID: id,
      clientID: try section.required("client_id", PoolRules.clientID),
      clientSecret: try secret(&section),
      region: region ?? String(id.prefix { $0 != "_" }),
      endpoint: try section.optional("endpoint", PoolRules.serviceURL),
      issuer: try section.optional("issuer", PoolRules.serviceURL),
      caFile: try section.optional("ca_file", PoolRules.file))
  }

  private static func secret(_ section: inout SectionReader) throws(ConfigurationError) -> Secret? {
    guard let path = try section.optional("client_secret_file", PoolRules.file) else { return nil }
    var bytes = try content(of: path, maximumBytes: 1024, readers: .ownerAndGroup)
    defer { wipe(&bytes) }
    guard let secret = PoolRules.clientSecret(in: bytes) else {
      throw ConfigurationError(
        file: path, "not one line with a client secret", advice: "Write the secret and nothing else")
    }
    return Secret(bytes: secret)
  }

  private static func content(
    of path: String, maximumBytes: Int, readers: TrustedFile.Readers
  ) throws(ConfigurationError) -> [UInt8] {
    let content: [UInt8]?
    do throws(TrustedFile.Failure) {
      // No symbolic link: who may change it is a question of its own.
      content = try TrustedFile.read(path, maximumBytes: maximumBytes, readers: readers, followsLinks: false)
    } catch {
      throw ConfigurationError(file: path, error)
    }
    guard let content else {
      throw ConfigurationError(file: path, "doesn't exist", advice: "Write it, or name another")
    }
    return content
  }

  private static func login(_ section: inout SectionReader, of file: INIFile) throws(ConfigurationError) -> Login {
    let minimum = try section.number("uid_min") ?? AccountIDRange.standard.minimum.number
    let maximum = try section.number("uid_max") ?? AccountIDRange.standard.maximum.number
    guard let ids = AccountIDRange(minimum: minimum, maximum: maximum) else {
      throw section.refuse(
        "uid_max", "uid_min–uid_max \(minimum)–\(maximum) isn't a range that may be given away",
        "Choose from 1000–60000 or from 65536–524287, uid_min not above uid_max")
    }
    let asking = try section.words("reauthentication_services", where: isServiceName)
    let signOut = try section.optional(
      "sign_out", SettingRule("forget, revoke or global") { SignOut(rawValue: $0) != nil })
    let reset = try section.optional(
      "password_reset", SettingRule("no, local or yes") { PasswordReset(rawValue: $0) != nil })
    let remember = try section.optional(
      "remember_device", SettingRule("no, yes or ask") { RememberDevice(rawValue: $0) != nil })
    var standard = ServicePolicy()
    standard.recheck = try recheck(&section) ?? standard.recheck
    return Login(
      allowed: try allowed(&section), groupMap: try groupMap(&section), ids: ids,
      homePrefix: try section.optional("home_prefix", homeOrShell) ?? "/home",
      shell: try section.optional("shell", homeOrShell) ?? "/bin/bash",
      allowUnknown: try section.flag("allow_unknown") ?? false,
      plainNames: try section.flag("plain_names") ?? false,
      reauthenticationServices: Set(asking ?? ["sudo", "sudo-i", "polkit-1"]),
      signOut: signOut.flatMap(SignOut.init(rawValue:)) ?? .revoke,
      passwordReset: reset.flatMap(PasswordReset.init(rawValue:)) ?? .no,
      rememberDevice: remember.flatMap(RememberDevice.init(rawValue:)) ?? .no,
      accountConfirmation: try section.flag("account_confirmation") ?? false,
      name: try nameRule(&section), services: try services(file, standard: standard), standard: standard)
  }

  private static func allowed(_ section: inout SectionReader) throws(ConfigurationError) -> AllowedGroups {
    let groups = try section.words("allow_groups", where: PoolRules.groupName.accepts)
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
      guard let colon = pair.utf8.lastIndex(of: UInt8(ascii: ":")) else {
        throw section.refuse("group_map", "\(quoted(pair)) isn't POOLGROUP:LINUXGROUP", "Write it as admins:sudo")
      }
      let (from, to) = (String(pair[..<colon]), String(pair[pair.utf8.index(after: colon)...]))
      guard PoolRules.groupName.accepts(from), from != "*", LoginName(to) != nil else {
        throw section.refuse("group_map", "\(quoted(pair)) isn't POOLGROUP:LINUXGROUP", "Write it as admins:sudo")
      }
      guard !GroupRules.refusedNames.contains(to) else {
        throw section.refuse(
          "group_map", "group \(to) can't be given to people of a pool: it is as much as root",
          "Map a group that sudoers allows something to")
      }
      entries[from, default: []].append(to)
    }
    return GroupMap(entries: entries)
  }
}

private func quoted(_ text: String) -> String { "`\(text)`" }

private let homeOrShell = SettingRule(
  "an absolute path of at most 255 printable ASCII characters, without : and ..", RecordSettings.isHomeOrShell)

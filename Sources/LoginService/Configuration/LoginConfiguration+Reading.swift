import Cognito
import LoginProtocol
import LoginRecords
import SystemSupport

extension LoginConfiguration {
  package static let maximumBytes = 1 << 20

  /// Reads the file and those that it names. Throws all that stands between it and a start.
  package static func read(_ path: String) throws(ConfigurationFaults) -> LoginConfiguration {
    let bytes: [UInt8]
    do throws(ConfigurationError) {
      bytes = try content(of: path, maximumBytes: maximumBytes, readers: .everybody)
    } catch {
      throw ConfigurationFaults([error])
    }
    return try parse(bytes, name: path)
  }

  /// - Parameter name: what error messages call the file.
  package static func parse(_ bytes: [UInt8], name: String) throws(ConfigurationFaults) -> LoginConfiguration {
    let faults = FaultList()
    let file = INIFile(bytes, name: name) { faults.add($0) }
    let sections = ["pool", "login"]
    for section in file.sections where !sections.contains(section.name) && services(in: section.name) == nil {
      let meant = suggestion(for: section.name, among: sections).map { "Did you mean [\($0)]? " } ?? ""
      faults.add(
        ConfigurationError(
          file: name, line: section.line, "unknown section [\(section.name)]",
          advice: meant + "There are [pool], [login] and [service NAME]"))
    }
    var pool = SectionReader(file, "pool", faults)
    var login = SectionReader(file, "login", faults)
    let configuration = LoginConfiguration(pool: self.pool(&pool), login: self.login(&login, of: file, faults))
    pool.finish()
    login.finish()
    try faults.check()
    return configuration
  }

  private static func pool(_ section: inout SectionReader) -> Pool {
    let id = section.required("user_pool_id", PoolRules.userPoolID)
    let region = section.optional("region", PoolRules.region)
    return Pool(
      userPoolID: id,
      clientID: section.required("client_id", PoolRules.clientID),
      clientSecret: secret(&section),
      region: region ?? String(id.prefix { $0 != "_" }),
      endpoint: section.optional("endpoint", PoolRules.serviceURL),
      issuer: section.optional("issuer", PoolRules.serviceURL),
      caFile: section.optional("ca_file", PoolRules.file))
  }

  private static func secret(_ section: inout SectionReader) -> Secret? {
    guard let path = section.optional("client_secret_file", PoolRules.file) else { return nil }
    do throws(ConfigurationError) {
      return try secret(in: path)
    } catch {
      section.refuse(error)
      return nil
    }
  }

  private static func secret(in path: String) throws(ConfigurationError) -> Secret {
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

  private static func login(_ section: inout SectionReader, of file: INIFile, _ faults: FaultList) -> Login {
    let minimum = section.number("uid_min") ?? AccountIDRange.standard.minimum.number
    let maximum = section.number("uid_max") ?? AccountIDRange.standard.maximum.number
    let ids = AccountIDRange(minimum: minimum, maximum: maximum)
    if ids == nil {
      section.refuse(
        "uid_max", "uid_min–uid_max \(minimum)–\(maximum) isn't a range that may be given away",
        "Choose from 1000–60000 or from 65536–524287, uid_min not above uid_max")
    }
    let asking = section.words("reauthentication_services", where: isServiceName)
    let signOut = section.optional(
      "sign_out", SettingRule("forget, revoke or global") { SignOut(rawValue: $0) != nil })
    let reset = section.optional(
      "password_reset", SettingRule("no, local or yes") { PasswordReset(rawValue: $0) != nil })
    let remember = section.optional(
      "remember_device", SettingRule("no, yes or ask") { RememberDevice(rawValue: $0) != nil })
    var standard = ServicePolicy()
    standard.recheck = recheck(&section) ?? standard.recheck
    return Login(
      allowed: allowed(&section), groupMap: groupMap(&section), ids: ids ?? .standard,
      homePrefix: section.optional("home_prefix", homeOrShell) ?? "/home",
      shell: section.optional("shell", homeOrShell) ?? "/bin/bash",
      allowUnknown: section.flag("allow_unknown") ?? false,
      plainNames: section.flag("plain_names") ?? false,
      reauthenticationServices: Set(asking ?? ["sudo", "sudo-i", "polkit-1"]),
      signOut: signOut.flatMap(SignOut.init(rawValue:)) ?? .revoke,
      passwordReset: reset.flatMap(PasswordReset.init(rawValue:)) ?? .no,
      rememberDevice: remember.flatMap(RememberDevice.init(rawValue:)) ?? .no,
      accountConfirmation: section.flag("account_confirmation") ?? false,
      name: nameRule(&section), services: services(file, standard: standard, faults), standard: standard)
  }

  private static func allowed(_ section: inout SectionReader) -> AllowedGroups {
    let groups = section.words("allow_groups", where: PoolRules.groupName.accepts)
    if groups?.isEmpty ?? !section.has("allow_groups") {
      section.refuse(
        "allow_groups", "allow_groups doesn't say who may sign in",
        "Name groups of the user pool, as allow_groups = staff, or allow_groups = * for everybody in it")
    }
    if groups == ["*"] { return .everybody }
    if groups?.contains("*") ?? false {
      section.refuse("allow_groups", "* among group names", "Write * alone, or group names alone")
    }
    return .anyOf(Set(groups ?? []))
  }

  private static func groupMap(_ section: inout SectionReader) -> GroupMap {
    var entries: [String: [String]] = [:]
    for pair in section.words("group_map", where: { _ in true }) ?? [] {
      guard let (from, to) = mapping(pair) else {
        section.refuse("group_map", "\(quoted(pair)) isn't POOLGROUP:LINUXGROUP", "Write it as admins:sudo")
        continue
      }
      if GroupRules.refusedNames.contains(to) {
        section.refuse(
          "group_map", "group \(to) can't be given to people of a pool: it is as much as root",
          "Map a group that sudoers allows something to")
      }
      entries[from, default: []].append(to)
    }
    return GroupMap(entries: entries)
  }

  private static func mapping(_ pair: String) -> (from: String, to: String)? {
    guard let colon = pair.utf8.lastIndex(of: UInt8(ascii: ":")) else { return nil }
    let (from, to) = (String(pair[..<colon]), String(pair[pair.utf8.index(after: colon)...]))
    return PoolRules.groupName.accepts(from) && from != "*" && LoginName(to) != nil ? (from, to) : nil
  }
}

private func quoted(_ text: String) -> String { "`\(text)`" }

private let homeOrShell = SettingRule(
  "an absolute path of at most 255 printable ASCII characters, without : and ..", RecordSettings.isHomeOrShell)

import SystemSupport

extension LoginConfiguration {
  /// Programs, one or more, that a section is about: `[service sudo su]`. nil for a section that is something else.
  static func services(in section: String) -> [String]? {
    let words = section.utf8.split(whereSeparator: { $0 == 0x20 || $0 == 0x09 }).map {
      String(decoding: $0, as: UTF8.self)
    }
    guard words.first == "service" else { return nil }
    return Array(words.dropFirst())
  }

  static func services(
    _ file: INIFile, standard: ServicePolicy, _ faults: FaultList
  ) -> [String: ServicePolicy] {
    var found: [String: ServicePolicy] = [:]
    for section in file.sections {
      guard let names = services(in: section.name) else { continue }
      func refuse(_ problem: String, _ advice: String) {
        faults.add(ConfigurationError(file: file.name, line: section.line, problem, advice: advice))
      }
      if names.isEmpty || !names.allSatisfy(isServiceName) {
        refuse("[\(section.name)] doesn't name programs", "Write PAM's names of them, as [service sudo]")
      }
      var reader = SectionReader(file, section.name, faults)
      let policy = policy(&reader, standard: standard)
      reader.finish()
      if section.entries.isEmpty {
        refuse("[\(section.name)] says nothing", "Say what it wants: groups, acr, max_age or recheck")
      }
      for name in names where found.updateValue(policy, forKey: name) != nil {
        refuse("a second section about \(name)", "Put all about it into one")
      }
    }
    return found
  }

  private static func policy(
    _ section: inout SectionReader, standard: ServicePolicy
  ) -> ServicePolicy {
    var policy = standard
    if let groups = section.words("groups", where: { PoolRules.groupName.accepts($0) && $0 != "*" }) {
      if groups.isEmpty { section.refuse("groups", "groups names nobody", "Name groups of the pool") }
      policy.groups = Set(groups)
    }
    if let levels = section.words("acr", where: isLevel) {
      if levels.isEmpty { section.refuse("acr", "acr names no level", "Write it as urn:cognito:loa:2") }
      policy.levels = levels
    }
    policy.maximumAge = section.duration("max_age")
    policy.recheck = recheck(&section) ?? standard.recheck
    return policy
  }

  /// `never`, or how long a sign-in counts.
  static func recheck(_ section: inout SectionReader) -> ServicePolicy.Recheck? {
    let rule = SettingRule("never, or a number with s, m, h or d, as 12h") { $0 == "never" || duration($0) != nil }
    guard let text = section.optional("recheck", rule) else { return nil }
    return duration(text).map { .after($0) } ?? .never
  }

  /// AWS: AcrValueType.
  private static func isLevel(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count)
      && text.utf8.allSatisfy {
        (0x21...0x7e).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
      }
  }

  static func isServiceName(_ text: String) -> Bool {
    (1...128).contains(text.utf8.count) && text.utf8.allSatisfy { isAlphanumeric($0) || "._-".utf8.contains($0) }
  }
}

/// `15m`: a number above zero of seconds, minutes, hours or days, at most ten years of them.
func duration(_ text: String) -> Duration? {
  guard let unit = text.utf8.last, let number = Int64(text.dropLast()), number > 0,
    text.utf8.first.map(isDigit) ?? false
  else { return nil }
  let seconds: Int64
  switch unit {
  case UInt8(ascii: "s"): seconds = 1
  case UInt8(ascii: "m"): seconds = 60
  case UInt8(ascii: "h"): seconds = 3600
  case UInt8(ascii: "d"): seconds = 86_400
  default: return nil
  }
  let (total, isTooLong) = number.multipliedReportingOverflow(by: seconds)
  return isTooLong || total > 3650 * 86_400 ? nil : .seconds(total)
}

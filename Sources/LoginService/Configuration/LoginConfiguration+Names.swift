import SystemSupport

extension LoginConfiguration {
  static func nameRule(_ section: inout SectionReader) -> LoginNameRule {
    let name = section.optional(
      "login_name", SettingRule("username, email, preferred_username or custom:ATTRIBUTE") { nameClaim($0) != nil })
    let claim = name.flatMap(nameClaim) ?? .username
    let domains = section.words("email_domains", where: isDomain)
    guard let domains else { return LoginNameRule(claim: claim) }
    guard claim == .email, !domains.isEmpty else {
      section.refuse(
        "email_domains", "email_domains does nothing here", "Name domains, and write login_name = email, or take it out"
      )
      return LoginNameRule(claim: claim)
    }
    return LoginNameRule(claim: claim, emailDomains: domains.map(HostName.lowercased))
  }

  private static func nameClaim(_ name: String) -> LoginNameRule.Claim? {
    switch name {
    case "username": return .username
    case "email": return .email
    case "preferred_username": return .preferredUsername
    default:
      let own = "custom:"
      // AWS's CustomAttributeNameType: 20 characters after the prefix.
      guard name.hasPrefix(own), (1...20).contains(name.unicodeScalars.count - own.unicodeScalars.count),
        PoolRules.username.accepts(name)
      else { return nil }
      return .custom(name)
    }
  }

  private static func isDomain(_ text: String) -> Bool {
    HostName.isValid(text) && !text.utf8.contains(UInt8(ascii: ":")) && text.utf8.contains(UInt8(ascii: "."))
  }
}

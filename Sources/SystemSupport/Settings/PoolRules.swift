/// What the value of a setting may look like, and how to say so to a person.
package struct SettingRule: Sendable {
  /// "… must be …"
  package let form: String
  private let judge: @Sendable (String) -> Bool

  package init(_ form: String, _ judge: @escaping @Sendable (String) -> Bool) {
    self.form = form
    self.judge = judge
  }

  package func accepts(_ value: String) -> Bool { judge(value) }
}

/// The settings that name a user pool, judged in one way wherever they are read: profiles.conf, cognito-login.conf, the
/// library's initialisers and `cognito configure`.
package enum PoolRules {
  /// AWS's pattern is `[\w-]+_[0-9a-zA-Z]+`, 55 characters at most (UserPoolIdType); what stands before "_" is a region.
  package static let userPoolID = SettingRule("a user pool id such as eu-west-1_AbCdEfGhI") { text in
    let parts = text.utf8.split(separator: UInt8(ascii: "_"), omittingEmptySubsequences: false)
    return text.utf8.count <= 55 && parts.count == 2 && isRegion(parts[0]) && !parts[1].isEmpty
      && parts[1].allSatisfy(isAlphanumeric)
  }

  /// AWS's pattern is `[\w+]+`, 128 characters at most (ClientIdType).
  package static let clientID = SettingRule("an app client id: 1 to 128 of A-Z a-z 0-9 _ +") { text in
    (1...128).contains(text.utf8.count)
      && text.utf8.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "+") }
  }

  package static let region = SettingRule("a region such as eu-west-1") { isRegion(Substring($0).utf8) }

  /// For endpoints and issuers: what carries passwords, or says whose tokens count, is reached by https, or lies on this
  /// computer.
  package static let serviceURL = SettingRule(
    "https://host[:port][/path], with no user, query or fragment (http only for localhost, 127.0.0.0/8 and [::1])"
  ) { text in
    guard text.utf8.count <= 2048, let address = WebAddress(text), address.query == nil, address.isSecure else {
      return false
    }
    return HostName.isValid(HostName.lowercased(address.authority))
  }

  package static let file = SettingRule("an absolute path") { text in
    text.utf8.first == UInt8(ascii: "/") && text.utf8.count <= 4096
      && text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
  }

  /// `[\p{L}\p{M}\p{S}\p{N}\p{P}]+`, 128 characters at most (UsernameType; Smithy counts Unicode scalars): no blanks, and
  /// nothing that could end a line.
  package static let username = SettingRule("a user name: 1 to 128 characters and no blanks") { isVisible($0) }

  /// The same pattern and limit (GroupNameType).
  package static let groupName = SettingRule("a group's name: 1 to 128 characters and no blanks") { isVisible($0) }

  /// The secret in a file of one line: 1 to 128 bytes of printable ASCII, with or without a line end and blanks around.
  /// - Returns: nil when the file holds nothing, or anything else.
  package static func clientSecret(in content: [UInt8]) -> ArraySlice<UInt8>? {
    let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d }
    guard let first = content.firstIndex(where: { !isBlank($0) }),
      let last = content.lastIndex(where: { !isBlank($0) })
    else { return nil }
    let secret = content[first...last]
    return secret.count <= 128 && secret.allSatisfy { (0x21...0x7e).contains($0) } ? secret : nil
  }

  private static func isRegion(_ text: Substring.UTF8View) -> Bool {
    (1...32).contains(text.count) && text.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
  }

  private static func isVisible(_ text: String) -> Bool {
    (1...128).contains(text.unicodeScalars.count)
      && text.unicodeScalars.allSatisfy { scalar in
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
          .spacingMark, .enclosingMark, .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol, .decimalNumber,
          .letterNumber, .otherNumber, .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
          .initialPunctuation, .finalPunctuation, .otherPunctuation:
          true
        default: false
        }
      }
  }
}

/// Which characters a string may consist of, and how the service writes that down in its refusals.
///
/// The patterns are those of the service's model. Each is matched by a predicate: a regular expression engine would cost
/// more than the rest of the request.
package struct CharacterRule: Sendable {
  /// The model's pattern, as the service quotes it.
  let pattern: String
  let matches: @Sendable (String) -> Bool

  private static func all(_ pattern: String, _ allowed: @escaping @Sendable (Unicode.Scalar) -> Bool) -> CharacterRule {
    CharacterRule(pattern: pattern) { text in !text.isEmpty && text.unicodeScalars.allSatisfy(allowed) }
  }

  /// Letters, marks, symbols, numbers, punctuation: usernames, group names.
  static let visible = all(#"[\p{L}\p{M}\p{S}\p{N}\p{P}]+"#) { isVisible($0) }
  /// The same with blanks: attribute names.
  static let visibleOrBlank = all(#"[\p{L}\p{M}\p{S}\p{N}\p{P}\t\n\r ]+"#) {
    isVisible($0) || [0x09, 0x0A, 0x0D, 0x20].contains($0.value)
  }
  /// The same with any separator: names of identity providers.
  static let visibleOrSeparator = all(#"[\p{L}\p{M}\p{S}\p{N}\p{P}\p{Z}]+"#) { isVisible($0) || isSeparator($0) }
  /// Blanks within, none at the ends: passwords.
  static let password = CharacterRule(pattern: #"^[\S]+.*[\S]+$"#) { text in
    guard text.unicodeScalars.count >= 2, let first = text.unicodeScalars.first, let last = text.unicodeScalars.last
    else { return false }
    // The dot of a pattern stands for no line's end.
    return !isBlank(first) && !isBlank(last) && !text.unicodeScalars.contains { [0x0A, 0x0D].contains($0.value) }
  }
  /// No blank at all: codes, paging tokens.
  static let nonBlank = all(#"[\S]+"#) { !isBlank($0) }
  /// Names of pools and clients.
  static let title = all(#"[\w\s+=,.@-]+"#) { isWord($0) || isBlank($0) || "+=,.@-".unicodeScalars.contains($0) }
  static let identifier = all(#"[\w\s+=.@-]+"#) { isWord($0) || isBlank($0) || "+=.@-".unicodeScalars.contains($0) }
  /// Client ids and client secrets.
  static let wordPlus = all(#"[\w+]+"#) { isWord($0) || $0 == "+" }
  static let secretHash = all(#"[\w+=/]+"#) { isWord($0) || "+=/".unicodeScalars.contains($0) }
  static let token = all(#"[A-Za-z0-9-_=.]+"#) {
    isASCIILetterOrDigit($0) || "-_=.".unicodeScalars.contains($0)
  }
  /// Tokens that may come from elsewhere, base 64 of any kind.
  static let exchangedToken = all(#"[A-Za-z0-9-_+/=.]+"#) {
    isASCIILetterOrDigit($0) || "-_+/=.".unicodeScalars.contains($0)
  }
  static let acrLevel = CharacterRule(pattern: "Level[1-4]") {
    ["Level1", "Level2", "Level3", "Level4"].contains($0)
  }
  static let sessionID = CharacterRule(pattern: "^(tkn|sso)[a-z0-9]{25}$") { text in
    (text.hasPrefix("tkn") || text.hasPrefix("sso")) && text.unicodeScalars.count == 28
      && text.unicodeScalars.dropFirst(3).allSatisfy { ("a"..."z").contains($0) || ("0"..."9").contains($0) }
  }
  static let digits = all("[0-9]+") { ("0"..."9").contains($0) }
  /// Scopes (RFC 6749) and names of resource servers.
  static let scope = all(#"[\x21\x23-\x5B\x5D-\x7E]+"#) { isScope($0.value) }
  static let scopeName = all(#"[\x21\x23-\x2E\x30-\x5B\x5D-\x7E]+"#) { isScope($0.value) && $0 != "/" }
  static let anything = CharacterRule(pattern: ".*") { _ in true }

  static let poolID = CharacterRule(pattern: #"[\w-]+_[0-9a-zA-Z]+"#) { text in
    guard let cut = text.lastIndex(of: "_") else { return false }
    let (region, name) = (text[..<cut], text[text.index(after: cut)...])
    return !region.isEmpty && region.unicodeScalars.allSatisfy { isWord($0) || $0 == "-" }
      && !name.isEmpty && name.unicodeScalars.allSatisfy(isASCIILetterOrDigit)
  }
  static let deviceKey = CharacterRule(pattern: #"[\w-]+_[0-9a-f-]+"#) { text in
    guard let cut = text.lastIndex(of: "_") else { return false }
    let (region, name) = (text[..<cut], text[text.index(after: cut)...])
    return !region.isEmpty && region.unicodeScalars.allSatisfy { isWord($0) || $0 == "-" }
      && !name.isEmpty
      && name.unicodeScalars.allSatisfy { ("0"..."9").contains($0) || ("a"..."f").contains($0) || $0 == "-" }
  }
  /// The model's pattern has no dots, and yet the service takes domains of one's own: each of their labels must match.
  static let domain = CharacterRule(pattern: #"^[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?$"#) { text in
    text.unicodeScalars.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
      label.allSatisfy { ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "-" }
        && label.first != "-" && label.last != "-" && !label.isEmpty
    }
  }
  /// Segments between colons, the fifth of them (the account) of digits.
  static let arn = CharacterRule(
    pattern: #"arn:[\w+=/,.@-]+:[\w+=/,.@-]+:([\w+=/,.@-]*)?:[0-9]+:[\w+=/,.@-]+(:[\w+=/,.@-]+)?(:[\w+=/,.@-]+)?"#
  ) { text in
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard (6...8).contains(parts.count), parts[0] == "arn", !parts[4].isEmpty else { return false }
    guard parts[4].unicodeScalars.allSatisfy({ ("0"..."9").contains($0) }) else { return false }
    return parts.indices.allSatisfy { index in
      (index == 3 || !parts[index].isEmpty)
        && parts[index].unicodeScalars.allSatisfy { isWord($0) || "+=/,.@-".unicodeScalars.contains($0) }
    }
  }

  private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .spaceSeparator, .lineSeparator, .paragraphSeparator:
      false
    default: true
    }
  }

  private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .spaceSeparator, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }

  /// The service's `\s`: Java's, so ASCII only.
  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    (0x09...0x0D).contains(scalar.value) || scalar.value == 0x20
  }

  private static func isASCIILetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool { isASCIILetterOrDigit(scalar) || scalar == "_" }

  private static func isScope(_ value: UInt32) -> Bool {
    value == 0x21 || (0x23...0x5B).contains(value) || (0x5D...0x7E).contains(value)
  }
}

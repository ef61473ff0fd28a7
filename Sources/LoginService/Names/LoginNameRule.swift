import Cognito
import LoginProtocol
import SystemSupport

/// `login_name`: which claim of the verified id token is the Linux name, and so by what the pool is asked for somebody.
package struct LoginNameRule: Sendable, Equatable {
  package enum Claim: Sendable, Equatable {
    /// `cognito:username`.
    case username
    /// `email`, if verified.
    case email
    case preferredUsername
    /// An attribute of the pool's own, with `custom:`.
    case custom(String)
  }

  package let claim: Claim
  /// Domains whose addresses are known here by what stands before the "@".
  package let emailDomains: [String]

  package static let username = LoginNameRule(claim: .username)

  package init(claim: Claim, emailDomains: [String] = []) {
    self.claim = claim
    self.emailDomains = emailDomains
  }

  /// As the configuration says it.
  package var text: String {
    switch claim {
    case .username: "username"
    case .email: "email"
    case .preferredUsername: "preferred_username"
    case .custom(let attribute): attribute
    }
  }

  /// What the pool is asked for when nobody mapped the name.
  ///
  /// - Throws: `AccountError.unfitName`: why nobody of the pool can ever have this name.
  package func poolUser(for name: LoginName) throws(AccountError) -> String {
    switch claim {
    case .username, .preferredUsername: return name.text
    case .email: return try address(of: name.text)
    case .custom(let attribute):
      throw .unfitName(
        "the pool can't be asked for somebody by \(attribute): say what it is to be asked for with --user")
    }
  }

  private func address(of name: String) throws(AccountError) -> String {
    if let at = name.utf8.lastIndex(of: UInt8(ascii: "@")) {
      let domain = String(name[name.utf8.index(after: at)...])
      guard !emailDomains.contains(domain) else {
        throw .unfitName("people of \(domain) are known here by what stands before the @: \(name[..<at])")
      }
      return name
    }
    switch emailDomains.count {
    case 0: throw .unfitName("with login_name = email and no email_domains a login name is a whole e-mail address")
    case 1: return "\(name)@\(emailDomains[0])"
    default:
      let all = emailDomains.map { "\(name)@\($0)" }.joined(separator: " or ")
      throw .unfitName("\(name) may be \(all): say which with --user")
    }
  }

  /// Whether the person of a verified token is the one who is meant by a name that no `sub` is bound to yet.
  ///
  /// Names are compared whole and byte by byte, but for ASCII capitals where said: neither a prefix nor what Unicode calls
  /// equivalent is the same name.
  ///
  /// - Parameters:
  ///   - poolUser: what root mapped the name to.
  ///   - poolName: what the pool called the person when root made the name known.
  package func match(
    _ identity: PoolIdentity, _ name: LoginName, poolUser: String?, poolName: String? = nil
  ) -> Match {
    if let poolName, isNamed(poolName, identity, askedFor: poolUser ?? name.text) { return .person }
    if case .custom(let attribute) = claim {
      guard let value = identity.text(attribute), isSame(value, name.text) else { return .somebodyElse }
      return .unlessWritable(attribute, value: value)
    }
    guard let asked = poolUser ?? (try? self.poolUser(for: name)) else { return .somebodyElse }
    let isMapped = poolUser != nil
    if isMapped || claim == .username {
      if isSame(identity.username, asked) { return .person }
      if isMapped, isSame(identity.subject, asked) { return .person }
      // In a pool that takes Ada for ada nobody can be Ada beside ada. In another one a person called Ada is found by
      // "ada" only through an alias, which is theirs to choose.
      if isSameButCase(identity.username, asked),
        identity.text("preferred_username").map({ !isSame($0, asked) }) ?? true
      {
        return .person
      }
    }
    if isMapped || claim == .email {
      if let email = identity.text("email"), isSameButCase(email, asked), identity.isTrue("email_verified") {
        return .person
      }
    }
    if isMapped, let phone = identity.text("phone_number"), isSame(phone, asked),
      identity.isTrue("phone_number_verified")
    {
      return .person
    }
    if isMapped || claim == .preferredUsername {
      if let value = identity.text("preferred_username"), isSame(value, asked) {
        return .unlessWritable("preferred_username", value: value)
      }
    }
    return .somebodyElse
  }

  /// Whether it is the person that the pool named to root. For a name that nobody has, many pools make a UUID up: one
  /// counts as `sub` alone, which nobody can choose. And an address that the pool says isn't proved is nobody's.
  private func isNamed(_ poolName: String, _ identity: PoolIdentity, askedFor asked: String) -> Bool {
    guard isSame(identity.username, poolName), !isUUID(poolName) || isSame(identity.subject, poolName) else {
      return false
    }
    return !["email", "phone_number"].contains { attribute in
      identity.text(attribute).map { isSameButCase($0, asked) } ?? false
        && identity.claims["\(attribute)_verified"] != nil
        && !identity.isTrue("\(attribute)_verified")
    }
  }

  package enum Match: Sendable, Equatable {
    case person
    /// The name is this attribute's. It counts if the app client's users can't write it: otherwise anybody could call
    /// themselves so.
    case unlessWritable(String, value: String)
    case somebodyElse
  }
}

func isUUID(_ text: String) -> Bool {
  text.utf8.count == 36
    && text.utf8.enumerated().allSatisfy { place, byte in
      [8, 13, 18, 23].contains(place) ? byte == UInt8(ascii: "-") : isHexDigit(byte)
    }
}

private func isHexDigit(_ byte: UInt8) -> Bool {
  isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
}

private func isSame(_ one: String, _ other: String) -> Bool { one.utf8.elementsEqual(other.utf8) }

private func isSameButCase(_ one: String, _ other: String) -> Bool {
  isSame(HostName.lowercased(one), HostName.lowercased(other))
}

import Cognito
import SystemSupport

/// The relying party: for whom passkeys are made, and from which pages they may be used.
package struct RelyingParty: Sendable {
  /// A host name.
  package let id: String
  package let requiresUserVerification: Bool

  package init(id: String, requiresUserVerification: Bool) {
    self.id = id
    self.requiresUserVerification = requiresUserVerification
  }

  /// Whether pages of this origin may use the relying party's passkeys: those of the host and of hosts under it, by https; of
  /// `localhost` also by http, as browsers allow it. Ports don't count, as they don't for browsers.
  package func allows(origin: String) -> Bool {
    guard let (scheme, host) = Self.parts(of: origin) else { return false }
    guard host == id || host.hasSuffix("." + id) else { return false }
    return scheme == "https" || (scheme == "http" && (host == "localhost" || host.hasSuffix(".localhost")))
  }

  /// Whether a text could be a relying party's id: a host name in small letters.
  package static func isHostName(_ text: some StringProtocol) -> Bool {
    let labels = text.split(separator: ".", omittingEmptySubsequences: false)
    return text.utf8.count <= 253
      && labels.allSatisfy { label in
        (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
          && label.utf8.allSatisfy { isHostByte($0) }
      }
  }

  private static func isHostByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
    default: false
    }
  }

  /// Scheme and host of a serialized origin (HTML, section 7.1.1): nothing but these and a port.
  private static func parts(of origin: String) -> (scheme: Substring, host: Substring)? {
    guard let cut = origin.firstRange(of: "://") else { return nil }
    let pieces = origin[cut.upperBound...].split(separator: ":", omittingEmptySubsequences: false)
    guard (1...2).contains(pieces.count), isHostName(pieces[0]) else { return nil }
    if pieces.count == 2 {
      let digits = pieces[1]
      guard
        (1...5).contains(digits.utf8.count),
        digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
        let port = UInt16(digits), port > 0
      else { return nil }
    }
    return (origin[..<cut.lowerBound], pieces[0])
  }
}

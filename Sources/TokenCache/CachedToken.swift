import SystemSupport

/// A short-lived token and what a helper has to say with it.
///
/// The value carries its own expiry: the kernel's timeout only tidies up, it is not what an expired token depends on.
package struct CachedToken: Equatable, Sendable, CustomStringConvertible {
  /// The JWT, as text.
  package var token: String
  /// The account, for protocols that want a user name beside the token.
  package var username: String
  /// Unix time in seconds from which on the token is refused.
  package var expiresAt: Int64

  package init(token: String, username: String, expiresAt: Int64) {
    self.token = token
    self.username = username
    self.expiresAt = expiresAt
  }

  /// Seconds before its expiry from which on a token is no longer handed out: it has to survive the request it is for.
  package static let margin: Int64 = 30

  package func isUsable(at now: Int64) -> Bool { expiresAt - Self.margin > now }

  package var description: String { "token of \(username) until \(expiresAt)" }

  private static let header = "cognito-login 1"

  /// Four lines: format, expiry, account, token. Nil when a field could break that form.
  package var encoded: [UInt8]? {
    guard !token.isEmpty, token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }), PoolRules.username.accepts(username),
      expiresAt > 0
    else { return nil }
    return Array("\(Self.header)\n\(expiresAt)\n\(username)\n\(token)".utf8)
  }

  /// Nil for anything that `encoded` didn't write.
  package init?(decoding bytes: [UInt8]) {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard lines.count == 4, String(decoding: lines[0], as: UTF8.self) == Self.header,
      let expiry = Int64(String(decoding: lines[1], as: UTF8.self)),
      let name = String(validating: lines[2], as: UTF8.self), let text = String(validating: lines[3], as: UTF8.self)
    else { return nil }
    self.init(token: text, username: name, expiresAt: expiry)
    guard encoded == bytes else { return nil }
  }
}

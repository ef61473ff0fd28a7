import Cognito

/// What tells a derived token from one of a sign-in.
package struct TokenDerivation: Sendable {
  /// The service that it is for; nil for none in particular.
  let audience: String?
  /// Who acts for the user (RFC 8693 section 4.1); nil when the user does.
  let actor: JSONValue?
  /// It ends with the token that it comes from, at the latest.
  let expiresAt: Int64

  func mark(_ claims: inout [String: JSONValue]) {
    if let audience { claims["aud"] = .string(audience) }
    claims["act"] = actor
  }
}

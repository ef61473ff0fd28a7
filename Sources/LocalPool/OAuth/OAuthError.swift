/// An error of RFC 6749: its code, and a sentence.
struct OAuthError: Error, Equatable {
  let code: String
  let description: String

  static func invalidRequest(_ description: String) -> Self { Self(code: "invalid_request", description: description) }
  static func invalidGrant(_ description: String) -> Self { Self(code: "invalid_grant", description: description) }
  static func invalidScope(_ description: String) -> Self { Self(code: "invalid_scope", description: description) }
  static func unauthorizedClient(_ description: String) -> Self {
    Self(code: "unauthorized_client", description: description)
  }
  /// OpenID Connect Core section 3.1.2.6.
  static let loginRequired = Self(
    code: "login_required", description: "Nobody is signed in in this browser, and prompt is none.")
  static let invalidClient = Self(code: "invalid_client", description: "The client id or secret is wrong.")
}

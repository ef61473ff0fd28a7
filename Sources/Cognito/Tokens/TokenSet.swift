import FoundationEssentials

/// The tokens of one signed-in user, verified. Tokens are secrets: whoever holds them is the user, so none of them
/// shows in a description.
public struct TokenSet: Sendable, Hashable {
  /// Says who the user is, to the app client.
  public let idToken: String
  /// Lets the client act for the user.
  public let accessToken: String
  /// Renews the other two. `nil` for clients that get none.
  public let refreshToken: Secret?
  /// When the access token ends.
  public let accessExpiresAt: Date
  /// When the id token ends. App clients give the two lives of their own (AccessTokenValidity, IdTokenValidity).
  public let idExpiresAt: Date
  /// The user's unchanging id (`sub`), the one thing to know an account by.
  public let subject: String
  /// The pool's own name for the user, which renewal needs. It is what the tokens say, never what was typed: a person
  /// who signs in by e-mail may be called by a UUID here, and capitals that were typed may be missing.
  public let username: String
  /// The remembered device that the session is bound to; renewal needs it.
  public let deviceKey: String?

  /// Puts a set together again from parts that were saved. They are believed as they are: check them with
  /// ``TokenVerifier`` when they come from where others can write.
  ///
  /// - Parameters:
  ///   - idToken: says who the user is.
  ///   - accessToken: lets the client act for the user.
  ///   - refreshToken: renews the other two.
  ///   - accessExpiresAt: when the access token ends.
  ///   - idExpiresAt: when the id token ends.
  ///   - subject: the user's unchanging id (`sub`).
  ///   - username: the pool's own name for the user, not an alias.
  ///   - deviceKey: the remembered device that the session is bound to.
  public init(
    idToken: String, accessToken: String, refreshToken: Secret?, accessExpiresAt: Date, idExpiresAt: Date,
    subject: String, username: String, deviceKey: String? = nil
  ) {
    self.idToken = idToken
    self.accessToken = accessToken
    self.refreshToken = refreshToken
    self.accessExpiresAt = accessExpiresAt
    self.idExpiresAt = idExpiresAt
    self.subject = subject
    self.username = username
    self.deviceKey = deviceKey
  }

  /// The id or the access token.
  public subscript(use: TokenUse) -> String { use == .id ? idToken : accessToken }

  /// When the first of id and access token ends.
  public var expiresAt: Date { min(accessExpiresAt, idExpiresAt) }

  /// When the id or the access token ends.
  public func expiresAt(_ use: TokenUse) -> Date { use == .id ? idExpiresAt : accessExpiresAt }

  /// Whether the tokens are over, or will be soon.
  ///
  /// - Parameters:
  ///   - now: the present moment.
  ///   - margin: how long before the end a token counts as over, so that it can still be used.
  public func isExpired(at now: Date, margin: Duration = .zero) -> Bool {
    now.timeIntervalSince1970 + margin / .seconds(1) >= expiresAt.timeIntervalSince1970
  }

  /// The same session with another refresh token.
  func with(refreshToken: Secret) -> TokenSet {
    TokenSet(
      idToken: idToken, accessToken: accessToken, refreshToken: refreshToken, accessExpiresAt: accessExpiresAt,
      idExpiresAt: idExpiresAt, subject: subject, username: username, deviceKey: deviceKey)
  }

  /// Hashes the access token, which differs from set to set.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(accessToken)
  }
}

extension TokenSet: CustomStringConvertible, CustomReflectable {
  /// Whose tokens these are and until when; none of the tokens.
  public var description: String { "tokens of \(subject) until \(Int64(expiresAt.timeIntervalSince1970))" }
  /// Hides the tokens from `dump`.
  public var customMirror: Mirror { Mirror(self, children: ["subject": subject, "expiresAt": expiresAt]) }
}

import FoundationEssentials

/// A token that was derived from another one, verified. It can't be renewed: derive another one.
public struct DerivedToken: Sendable {
  /// The token. Whoever holds it is the user, towards the service that it is for.
  public let token: String
  /// What it says.
  public let verified: VerifiedToken
  /// The scopes that were granted: at most those that were asked for, that the subject's token has and that the app client
  /// may have.
  public let scopes: [String]

  /// Whether it is an id or an access token.
  public var use: TokenUse { verified.use }
  /// When it ends.
  public var expiresAt: Date { verified.expiresAt }

  /// A derived token, for tests of programs that use one.
  ///
  /// - Parameters:
  ///   - token: the token.
  ///   - verified: what it says.
  ///   - scopes: the scopes that were granted.
  public init(token: String, verified: VerifiedToken, scopes: [String] = []) {
    self.token = token
    self.verified = verified
    self.scopes = scopes
  }
}

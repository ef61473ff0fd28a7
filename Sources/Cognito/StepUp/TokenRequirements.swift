import FoundationEssentials

/// What a token must say beyond being genuine: how its user was authenticated, for whom it is, what it allows and who
/// may act with it.
///
/// All of it is read from the verified token. What a client asked the pool for, or says that it asked for, counts nothing.
public struct TokenRequirements: Sendable, Hashable {
  /// Who may act for the user with a token that was derived for an actor (`act`, RFC 8693).
  public enum Actors: Sendable, Hashable {
    /// The user alone: no token of an actor.
    case nobody
    /// Anybody, as the pool allows it.
    case anybody
    /// These alone, by their `sub`, and the user.
    case only(Set<String>)
  }

  /// Which levels of authentication will do (`acr`); none to demand none. Names are compared whole: a level above the
  /// one that is wanted must be listed too (``AuthenticationLevels/atLeast(_:)``).
  public var levels: [String]
  /// How long ago the user may have proved who they are (`auth_time`); a renewal is no proof.
  public var maximumAge: Duration?
  /// The service that the token must be for (`aud`): its logical name, or the identifier of its resource server. `nil`
  /// for a token that is for no service in particular: an access token that names one is refused then.
  public var audience: String?
  /// OAuth scopes that the token must have, all of them.
  public var scopes: Set<String>
  /// Who may act for the user.
  public var actors: Actors

  /// - Parameters:
  ///   - levels: which levels of authentication will do.
  ///   - maximumAge: how long ago the user may have proved who they are.
  ///   - audience: the service that the token must be for.
  ///   - scopes: OAuth scopes that the token must have.
  ///   - actors: who may act for the user.
  public init(
    levels: [String] = [], maximumAge: Duration? = nil, audience: String? = nil, scopes: Set<String> = [],
    actors: Actors = .anybody
  ) {
    self.levels = levels
    self.maximumAge = maximumAge
    self.audience = audience
    self.scopes = scopes
    self.actors = actors
  }

  /// Level and age of the proof (RFC 9470).
  func checkProof(_ claims: JSONValue, now: Date, leeway: TimeInterval) throws(CognitoError) {
    if !levels.isEmpty {
      guard let level = claims["acr"]?.string, levels.contains(level) else {
        throw CognitoError(
          .insufficientUserAuthentication, "The user has not been authenticated as strongly as this needs.")
      }
    }
    guard let maximumAge else { return }
    guard let moment = claims["auth_time"]?.double else {
      throw CognitoError(
        .insufficientUserAuthentication, "The token doesn't say when the user was authenticated.")
    }
    let age = now.timeIntervalSince1970 - moment
    guard age <= maximumAge / .seconds(1) + leeway else {
      throw CognitoError(.insufficientUserAuthentication, "It is too long ago that the user was authenticated.")
    }
  }

  func check(_ token: VerifiedToken, now: Date, leeway: TimeInterval) throws(CognitoError) {
    switch actors {
    case .anybody: break
    case .nobody:
      guard token.claims["act"] == nil else {
        throw CognitoError(.tokenClaimMismatch, "The token is refused: somebody acts for the user with it.")
      }
    case .only(let allowed):
      // Only the present actor counts; those before are history (RFC 8693, section 4.1).
      guard token.claims["act"] == nil || token.actors.first.map({ allowed.contains($0.subject) }) ?? false else {
        throw CognitoError(.tokenClaimMismatch, "The token is refused: who acts for the user with it may not.")
      }
    }
    guard scopes.isSubset(of: token.scopes) else {
      throw CognitoError(.insufficientScope, "The token doesn't allow this: a scope is missing.")
    }
    try checkProof(token.claims, now: now, leeway: leeway)
  }
}

/// Who acts for a user with a token that was derived for them (RFC 8693, section 4.1).
public struct TokenActor: Sendable, Hashable {
  /// Their unchanging id (`sub`).
  public let subject: String
  /// The app client whose token they showed; `nil` when the token doesn't say.
  public let clientID: String?

  /// - Parameters:
  ///   - subject: their unchanging id.
  ///   - clientID: the app client whose token they showed.
  public init(subject: String, clientID: String? = nil) {
    self.subject = subject
    self.clientID = clientID
  }
}

extension VerifiedToken {
  /// Who acts for the user with this token (`act`): the first is the one who does now, the others did before. Empty when
  /// the user acts.
  public var actors: [TokenActor] {
    var actors: [TokenActor] = []
    var next = claims["act"]
    while let act = next, let subject = act["sub"]?.string {
      actors.append(TokenActor(subject: subject, clientID: act["client_id"]?.string))
      next = act["act"]
    }
    return actors
  }

  /// The services that the token is for (`aud`): of an id token mostly the app client alone, of an access token only
  /// those that it was bound to.
  public var audiences: [String] { Self.audiences(claims) }

  static func audiences(_ claims: JSONValue) -> [String] {
    guard let audience = claims["aud"] else { return [] }
    let list = (audience.array ?? [audience]).map(\.string)
    return list.contains(nil) ? [] : list.compactMap { $0 }
  }

  /// How strongly the user was authenticated (`acr`), by the pool's name of the level; `nil` when the pool doesn't say.
  public var acr: String? { claims["acr"]?.string }

  /// By what the user was authenticated (`amr`), such as "pwd" or "mfa"; empty when the pool doesn't say.
  public var amr: [String] { claims["amr"]?.array?.compactMap(\.string) ?? [] }
}

/// A token that is shown to get another one for it: its user's, or that of a service which acts for the user.
public struct ExchangeableToken: Sendable {
  /// The service's word for what it is (SubjectTokenType).
  let type: String
  let text: Secret
  /// The identity provider that issued it; `nil` for the pool itself.
  let provider: String?

  private init(_ type: String, _ text: Secret, _ provider: String?) {
    self.type = type
    self.text = text
    self.provider = provider
  }

  /// An access token.
  ///
  /// - Parameters:
  ///   - token: as it came from a sign-in or a renewal.
  ///   - provider: the name of the pool's identity provider that issued it; `nil` for the pool itself.
  public static func access(_ token: String, provider: String? = nil) -> ExchangeableToken {
    ExchangeableToken("ACCESS_TOKEN", Secret(utf8: token), provider)
  }

  /// An id token. It has no scopes that could narrow those of the token that comes for it.
  ///
  /// - Parameters:
  ///   - token: as it came from a sign-in or a renewal.
  ///   - provider: the name of the pool's identity provider that issued it; `nil` for the pool itself.
  public static func id(_ token: String, provider: String? = nil) -> ExchangeableToken {
    ExchangeableToken("ID_TOKEN", Secret(utf8: token), provider)
  }

  /// A SAML 2.0 assertion.
  ///
  /// - Parameters:
  ///   - assertion: in base 64.
  ///   - provider: the name of the pool's identity provider that issued it.
  public static func saml(_ assertion: String, provider: String) -> ExchangeableToken {
    ExchangeableToken("SAML2", Secret(utf8: assertion), provider)
  }
}

/// The one service that a token is made for.
public enum ExchangeTarget: Sendable, Hashable {
  /// By a logical name, such as its address.
  case audience(String)
  /// By the identifier of one of the pool's resource servers.
  case resourceServer(String)

  /// What the token's `aud` is then.
  var name: String {
    switch self {
    case .audience(let name), .resourceServer(let name): name
    }
  }
}

/// Which user pool answers for which servers: one `[profile NAME]` section of `profiles.conf`.
package struct Profile: Equatable, Sendable {
  /// Where the refresh token rests. Never stepped down from: `automatic` chooses at sign-in, by what there is.
  package enum Store: String, Sendable, CaseIterable {
    case automatic = "auto"
    case secretService = "secret-service"
    case kernel
    case file
  }

  /// How git shows the token to servers, where they don't say themselves what they take.
  package enum GitScheme: String, Sendable, CaseIterable {
    case bearer
    case basic
  }

  /// `[A-Za-z0-9._-]{1,64}`, not starting with a dot, so that it is safe as a file name.
  package var name: String
  package var userPoolID: String
  package var clientID: String
  package var clientSecretFile: String?
  package var region: String?
  package var endpoint: String?
  package var issuer: String?
  package var caFile: String?
  /// `host` or `host:port`, lower case; compared as a whole, never as a pattern.
  package var hosts: [String]
  /// The token that servers of this profile are given.
  package var token: TokenKind
  package var store: Store
  /// Nil goes by what the server offers.
  package var gitScheme: GitScheme?
  /// The account this profile is for, by the name that is typed to sign in, when several people or several accounts share
  /// a computer user.
  package var username: String?
  /// Where cognito-logind listens, if not at the usual place.
  package var loginSocket: String?

  package init(
    name: String, userPoolID: String, clientID: String, clientSecretFile: String? = nil, region: String? = nil,
    endpoint: String? = nil, issuer: String? = nil, caFile: String? = nil, hosts: [String] = [],
    token: TokenKind = .access, store: Store = .automatic, username: String? = nil
  ) {
    self.name = name
    self.userPoolID = userPoolID
    self.clientID = clientID
    self.clientSecretFile = clientSecretFile
    self.region = region
    self.endpoint = endpoint
    self.issuer = issuer
    self.caFile = caFile
    self.hosts = hosts
    self.token = token
    self.store = store
    self.username = username
  }

  /// Names the credential everywhere (cache, lock, keyring item). Pool and client are part of it, so that a profile
  /// that is pointed at another pool never finds the old pool's tokens.
  package var credentialID: String { "\(userPoolID)/\(clientID)/\(name)" }
}

/// Which of the two tokens that a server may be shown. The refresh token is none of them.
package enum TokenKind: String, Sendable, CaseIterable {
  case access
  case id
}

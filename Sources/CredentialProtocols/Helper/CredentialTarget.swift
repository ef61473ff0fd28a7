/// The server a client wants to talk to, as the client named it.
package struct CredentialTarget: Equatable, Sendable {
  /// Nil in protocols that name a host alone (docker).
  package var scheme: String?
  /// `host` or `host:port`, never empty.
  package var host: String
  /// The account that the client asks for.
  package var username: String?

  package init(scheme: String?, host: String, username: String? = nil) {
    self.scheme = scheme
    self.host = host
    self.username = username
  }
}

/// What a client is given.
package struct Credential: Equatable, Sendable {
  package var username: String
  package var token: String
  /// Unix time in seconds.
  package var expiresAt: Int64
  /// How git is to show it, whatever the server offers; nil leaves it to the server.
  package var gitScheme: GitScheme?

  package init(username: String, token: String, expiresAt: Int64, gitScheme: GitScheme? = nil) {
    self.username = username
    self.token = token
    self.expiresAt = expiresAt
    self.gitScheme = gitScheme
  }
}

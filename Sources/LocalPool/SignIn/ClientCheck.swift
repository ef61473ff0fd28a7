import Cognito

/// What an app client must show, and what it may do.
package enum ClientCheck {
  /// Checks SECRET_HASH: base 64 of HMAC-SHA256(client secret, username + client id). Any of the client's secrets will do.
  package static func secretHash(_ hash: String?, username: String, client: ClientRecord) throws(PoolException) {
    guard !client.secrets.isEmpty else {
      guard hash == nil else {
        throw .notAuthorized("Client \(client.id) is not configured with secret but SECRET_HASH was received")
      }
      return
    }
    guard let hash else {
      throw .notAuthorized("Client \(client.id) is configured with secret but SECRET_HASH was not received")
    }
    let matches = client.secrets.map { secret in
      let expected = SecretHash.compute(
        username: username, clientID: client.id, clientSecret: Secret(utf8: secret.value))
      return constantTimeEquals(Array(expected.utf8), Array(hash.utf8))
    }
    guard matches.contains(true) else {
      throw .notAuthorized("Unable to verify secret hash for client \(client.id)")
    }
  }

  /// Checks a client secret that is sent in clear (RevokeToken, GetTokensFromRefreshToken, the token endpoint).
  package static func clientSecret(_ secret: String?, client: ClientRecord) throws(PoolException) {
    guard !client.secrets.isEmpty else {
      guard secret == nil else { throw .notAuthorized("Invalid client secret for client \(client.id)") }
      return
    }
    let given = Array((secret ?? "").utf8)
    let matches = client.secrets.map { constantTimeEquals(Array($0.value.utf8), given) }
    guard matches.contains(true) else { throw .notAuthorized("Invalid client secret for client \(client.id)") }
  }

  static func flow(_ flow: AuthFlow, client: ClientRecord, isAdmin: Bool) throws(PoolException) {
    guard isAdmin || !flow.isForAdmins else { throw .invalidParameter("Initiate Auth method not supported.") }
    guard !isAdmin || flow != .userPassword else { throw .invalidParameter("Initiate Auth method not supported.") }
    guard client.settings.allows(flow: flow.permission) else {
      throw .invalidParameter(
        isAdmin
          ? "Auth flow not enabled for this client" : "\(flow.rawValue) flow not enabled for this client")
    }
  }
}

import SystemSupport

/// The SECRET_HASH parameter of app clients that have a secret.
package enum SecretHash {
  /// base64(HMAC-SHA256(client secret, user name + client id)).
  ///
  /// - Parameter username: the USERNAME of the same request: after a challenge that is the pool's own name for the
  ///   user, not the alias that was typed.
  package static func compute(username: String, clientID: String, clientSecret: Secret) -> String {
    var key = clientSecret.bytes
    defer { wipe(&key) }
    return Base64.encode(HMAC.sha256(key: key, Array(username.utf8), Array(clientID.utf8)))
  }
}

import Cognito
import LoginProtocol
import TokenCache

/// The JSON of a lease, as the daemon writes it.
package enum LeaseDocument {
  package static let maximumBytes = 65_536

  /// - Parameter now: unix time in seconds, for the time of the sign-in
  /// - Returns: nil for a login to another pool or client than the profile's.
  /// - Throws: ``CognitoError`` for what is no lease.
  package static func read(
    _ bytes: [UInt8], id: LeaseID, for profile: Profile, now: Int64
  ) throws(CognitoError) -> Lease? {
    let document = try JSONValue.parse(bytes, maximumDepth: 3, maximumBytes: maximumBytes)
    guard let access = document["access_token"]?.string, let idToken = document["id_token"]?.string,
      let refresh = document["refresh_token"]?.string, !refresh.isEmpty,
      let username = document["username"]?.string, ProfileRules.isUsername(username),
      let pool = document["user_pool_id"]?.string, let client = document["client_id"]?.string
    else { throw CognitoError(.malformedResponse, "The login daemon's hand-over lacks a field.") }
    let session = StoredSession(
      username: username, userPoolID: pool, clientID: client, refreshToken: Secret(utf8: refresh),
      deviceKey: document["device_key"]?.string, signedInAt: now)
    guard session.belongs(to: profile) else { return nil }
    return Lease(
      id: id, session: session,
      tokens: FreshTokens(
        accessToken: access, idToken: idToken,
        accessExpiresAt: try TokenExpiry.of(access), idExpiresAt: try TokenExpiry.of(idToken)))
  }
}

/// When a token of ours ends. Nothing is verified: it came from the pool by a trusted way, and its receiver checks it.
package enum TokenExpiry {
  /// - Returns: unix time in seconds
  package static func of(_ token: String) throws(CognitoError) -> Int64 {
    let parts = token.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 3, let payload = Base64.decodeURL(String(decoding: parts[1], as: UTF8.self)),
      let expiry = try JSONValue.parse(payload, maximumDepth: 8, maximumBytes: 65_536)["exp"]?.int, expiry > 0
    else {
      throw CognitoError(.malformedResponse, "The pool's token has no expiry.")
    }
    return expiry
  }
}

import Cognito
import FoundationEssentials
import LoginProtocol
import SystemSupport
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
    guard let access = document["access_token"]?.string, !access.isEmpty, let idToken = document["id_token"]?.string,
      !idToken.isEmpty, let refresh = document["refresh_token"]?.string, !refresh.isEmpty,
      let username = document["username"]?.string, PoolRules.username.accepts(username),
      let pool = document["user_pool_id"]?.string, let client = document["client_id"]?.string,
      // An earlier daemon tells the end of the first of the two alone.
      let first = document["expires_at"]?.int, first > 0
    else { throw CognitoError(.malformedResponse, "The login daemon's hand-over lacks a field.") }
    let session = StoredSession(
      username: username, typedName: document["login_name"]?.string, subject: document["subject"]?.string,
      userPoolID: pool, clientID: client, refreshToken: Secret(utf8: refresh),
      deviceKey: document["device_key"]?.string, ownsDevice: document["owns_device"]?.bool ?? false, signedInAt: now)
    guard session.belongs(to: profile) else { return nil }
    func moment(_ name: String) -> Date {
      Date(timeIntervalSince1970: Double(document[name]?.int ?? first))
    }
    return Lease(
      id: id, session: session,
      tokens: TokenSet(
        idToken: idToken, accessToken: access, refreshToken: session.refreshToken,
        accessExpiresAt: moment("access_expires_at"), idExpiresAt: moment("id_expires_at"),
        subject: session.subject ?? "", username: username, deviceKey: session.deviceKey))
  }
}

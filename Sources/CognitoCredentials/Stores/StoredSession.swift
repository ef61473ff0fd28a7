import Cognito
import TokenCache

/// What is kept between two uses: the refresh token, and what it takes to use it. Access and id tokens are not in it.
package struct StoredSession: Sendable, Equatable {
  package var username: String
  package var userPoolID: String
  package var clientID: String
  package var refreshToken: Secret
  /// A remembered device's key, without which its refresh token is refused.
  package var deviceKey: String?
  /// Unix time in seconds.
  package var signedInAt: Int64

  package init(
    username: String, userPoolID: String, clientID: String, refreshToken: Secret, deviceKey: String? = nil,
    signedInAt: Int64
  ) {
    self.username = username
    self.userPoolID = userPoolID
    self.clientID = clientID
    self.refreshToken = refreshToken
    self.deviceKey = deviceKey
    self.signedInAt = signedInAt
  }

  private static let version: Int64 = 1
  package static let maximumBytes = 16_384

  /// The one place where the refresh token is written out; the bytes are the store's to wipe.
  package func encoded() throws(SessionStoreError) -> [UInt8] {
    guard let token = refreshToken.revealed() else {
      throw SessionStoreError(.corrupt, "The refresh token is not text, so it can't be kept.")
    }
    var members: [String: JSONValue] = [
      "version": .int(Self.version), "username": .string(username), "user_pool_id": .string(userPoolID),
      "client_id": .string(clientID), "refresh_token": .string(token), "signed_in_at": .int(signedInAt),
    ]
    if let deviceKey { members["device_key"] = .string(deviceKey) }
    return JSONValue.object(members).serialized()
  }

  /// - Throws: `corrupt` for what `encoded` didn't write, with no part of it in the text.
  package init(decoding bytes: [UInt8]) throws(SessionStoreError) {
    guard let value = try? JSONValue.parse(bytes, maximumDepth: 2, maximumBytes: Self.maximumBytes),
      value["version"]?.int == Self.version, let username = value["username"]?.string,
      let pool = value["user_pool_id"]?.string, let client = value["client_id"]?.string,
      let token = value["refresh_token"]?.string, !token.isEmpty, let time = value["signed_in_at"]?.int
    else { throw SessionStoreError(.corrupt, "The stored session is damaged, or of a later version.") }
    self.init(
      username: username, userPoolID: pool, clientID: client, refreshToken: Secret(utf8: token),
      deviceKey: value["device_key"]?.string, signedInAt: time)
  }

  /// A session of another pool or client is of no use for this profile, and its token must not be sent there.
  package func belongs(to profile: Profile) -> Bool {
    userPoolID == profile.userPoolID && clientID == profile.clientID
      && (profile.username == nil || profile.username == username)
  }
}

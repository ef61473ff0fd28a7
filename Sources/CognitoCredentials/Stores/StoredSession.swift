import Cognito
import TokenCache

/// What is kept between two uses: the refresh token, and what it takes to use it. Access and id tokens are not in it.
///
/// The pool's own name for the user, the name that was typed and the `sub` are three things, each kept as what it is.
package struct StoredSession: Sendable, Equatable {
  /// The pool's own name for the user: what the tokens say, and what renewing goes by.
  package var username: String
  /// What the person signed in by: the same name, one in other letters, or an alias such as an e-mail address. Nil in
  /// sessions of earlier versions, where it had to be the pool's own.
  package var typedName: String?
  /// The user's unchanging id (`sub`). Nil in sessions of earlier versions.
  package var subject: String?
  package var userPoolID: String
  package var clientID: String
  package var refreshToken: Secret
  /// The device that the session is bound to, without whose key its refresh token is refused.
  package var deviceKey: String?
  /// Whether that device was made for this session, so that the pool is to forget it when the session ends.
  package var ownsDevice: Bool
  /// What the device signs in with in place of a second factor: kept only where the person has said so.
  package var device: RememberedDevice?
  /// Unix time in seconds.
  package var signedInAt: Int64

  package init(
    username: String, typedName: String? = nil, subject: String? = nil, userPoolID: String, clientID: String,
    refreshToken: Secret, deviceKey: String? = nil, ownsDevice: Bool = false, device: RememberedDevice? = nil,
    signedInAt: Int64
  ) {
    self.username = username
    self.typedName = typedName
    self.subject = subject
    self.userPoolID = userPoolID
    self.clientID = clientID
    self.refreshToken = refreshToken
    self.deviceKey = deviceKey
    self.ownsDevice = ownsDevice
    self.device = device
    self.signedInAt = signedInAt
  }

  private static let version: Int64 = 1
  package static let maximumBytes = 16_384

  /// The one place where the refresh token is written out; the bytes are the store's to wipe. What was added since the
  /// first version is left out where there is nothing to say, and earlier programs pass over it.
  package func encoded() throws(SessionStoreError) -> [UInt8] {
    guard let token = refreshToken.revealed() else {
      throw SessionStoreError(.corrupt, "The refresh token is not text, so it can't be kept.")
    }
    var members: [String: JSONValue] = [
      "version": .int(Self.version), "username": .string(username), "user_pool_id": .string(userPoolID),
      "client_id": .string(clientID), "refresh_token": .string(token), "signed_in_at": .int(signedInAt),
    ]
    members["typed_name"] = typedName.map(JSONValue.string)
    members["subject"] = subject.map(JSONValue.string)
    members["device_key"] = deviceKey.map(JSONValue.string)
    if ownsDevice { members["owns_device"] = true }
    if let device, let password = device.password.revealed() {
      members["device_group_key"] = .string(device.groupKey)
      members["device_password"] = .string(password)
    }
    return JSONValue.object(members).serialized()
  }

  /// - Throws: `corrupt` for what `encoded` didn't write, with no part of it in the text.
  package init(decoding bytes: [UInt8]) throws(SessionStoreError) {
    guard let value = try? JSONValue.parse(bytes, maximumDepth: 2, maximumBytes: Self.maximumBytes),
      value["version"]?.int == Self.version, let username = value["username"]?.string,
      let pool = value["user_pool_id"]?.string, let client = value["client_id"]?.string,
      let token = value["refresh_token"]?.string, !token.isEmpty, let time = value["signed_in_at"]?.int
    else { throw SessionStoreError(.corrupt, "The stored session is damaged, or of a later version.") }
    let deviceKey = value["device_key"]?.string
    var device: RememberedDevice?
    if let deviceKey, let group = value["device_group_key"]?.string, let password = value["device_password"]?.string {
      device = RememberedDevice(key: deviceKey, groupKey: group, password: Secret(utf8: password))
    }
    self.init(
      username: username, typedName: value["typed_name"]?.string, subject: value["subject"]?.string, userPoolID: pool,
      clientID: client, refreshToken: Secret(utf8: token), deviceKey: deviceKey,
      ownsDevice: value["owns_device"]?.bool ?? false, device: device, signedInAt: time)
  }

  /// A session of another pool or client is of no use for this profile, and its token must not be sent there. A
  /// profile's `username` is what people type, so that is what it is compared with; the pool's own name will do as well.
  package func belongs(to profile: Profile) -> Bool {
    userPoolID == profile.userPoolID && clientID == profile.clientID
      && (profile.username == nil || profile.username == typedName || profile.username == username)
  }

  /// By what the person knows the account, and what the pool calls it where that is another name.
  package var nameForPeople: String {
    guard let typedName, typedName != username else { return username }
    return "\(typedName) (in the pool: \(username))"
  }

  /// Whether two sessions are one person's. Names can be given to somebody else, the `sub` can't.
  package func isSameAccount(as other: StoredSession) -> Bool {
    guard userPoolID == other.userPoolID else { return false }
    guard let subject, let theirs = other.subject else { return username == other.username }
    return subject == theirs
  }
}

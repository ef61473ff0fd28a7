import Cognito
import SystemSupport

/// What the daemon hands to the collector of a login: its tokens and all that renewing them needs, as the JSON text of a
/// `lease` frame. The daemon writes it and CognitoCredentials reads it, in the same words.
package struct LeaseDocument: Sendable, Equatable {
  package var userPoolID: String
  package var clientID: String
  package var region: String?
  package var endpoint: String?
  package var issuer: String?
  // The pool's name for the person, the `sub` and the name of the login are three things. Earlier daemons tell the first
  // alone.
  package var username: String
  package var subject: String?
  package var loginName: String?
  package var deviceKey: String?
  /// Whether the pool made the device for this very login.
  package var ownsDevice = false
  package var accessToken: Secret
  package var idToken: Secret
  package var refreshToken: Secret?
  /// When each of the two ends, in seconds since 1970.
  package var accessExpiresAt: Int64
  package var idExpiresAt: Int64

  private enum Name: String {
    case userPoolID = "user_pool_id"
    case clientID = "client_id"
    case region, endpoint, issuer, username, subject
    case loginName = "login_name"
    case deviceKey = "device_key"
    case ownsDevice = "owns_device"
    case accessToken = "access_token"
    case idToken = "id_token"
    case refreshToken = "refresh_token"
    case accessExpiresAt = "access_expires_at"
    case idExpiresAt = "id_expires_at"
    /// The first of the two, all that earlier daemons tell and earlier collectors read.
    case expiresAt = "expires_at"
  }

  package init(
    userPoolID: String, clientID: String, username: String, accessToken: Secret, idToken: Secret, refreshToken: Secret?,
    accessExpiresAt: Int64, idExpiresAt: Int64
  ) {
    self.userPoolID = userPoolID
    self.clientID = clientID
    self.username = username
    self.accessToken = accessToken
    self.idToken = idToken
    self.refreshToken = refreshToken
    self.accessExpiresAt = accessExpiresAt
    self.idExpiresAt = idExpiresAt
  }

  /// A frame has room for a name and this.
  package static let maximumBytes = 61_440

  /// The text, written into one buffer, which is wiped.
  /// - Returns: nil for more than a frame takes, and for a token that is none.
  package var encoded: SecretBytes? {
    let texts: [(Name, String?)] = [
      (.clientID, clientID), (.deviceKey, deviceKey), (.endpoint, endpoint), (.issuer, issuer), (.loginName, loginName),
      (.region, region), (.subject, subject), (.userPoolID, userPoolID), (.username, username),
    ]
    let tokens: [(Name, Secret?)] = [
      (.accessToken, accessToken), (.idToken, idToken), (.refreshToken, refreshToken),
    ]
    var text: [UInt8] = []
    defer { wipe(&text) }
    func add(_ name: Name, _ value: some Collection<UInt8>) {
      text.appendWiping("\(text.isEmpty ? "{" : ",")\"\(name.rawValue)\":".utf8)
      text.appendWiping(value)
    }
    add(.expiresAt, "\(min(accessExpiresAt, idExpiresAt))".utf8)
    add(.accessExpiresAt, "\(accessExpiresAt)".utf8)
    add(.idExpiresAt, "\(idExpiresAt)".utf8)
    if ownsDevice { add(.ownsDevice, "true".utf8) }
    for case (let name, let value?) in texts { add(name, JSONValue.string(value).serialized()) }
    for case (let name, let value?) in tokens {
      // Tokens are base64 and dots: nothing of them needs to be escaped.
      guard value.withBytes({ $0.allSatisfy(Self.isTokenByte) }) else { return nil }
      add(name, "\"".utf8)
      value.withBytes { text.appendWiping($0) }
      text.appendWiping("\"".utf8)
    }
    text.appendWiping("}".utf8)
    return text.count <= Self.maximumBytes ? SecretBytes(text) : nil
  }

  /// - Throws: ``CognitoError`` for what `encoded` didn't write.
  package init(decoding bytes: [UInt8]) throws(CognitoError) {
    let document = try JSONValue.parse(bytes, maximumDepth: 3, maximumBytes: Self.maximumBytes)
    func text(_ name: Name) -> String? { document[name.rawValue]?.string.flatMap { $0.isEmpty ? nil : $0 } }
    func moment(_ name: Name) -> Int64? { document[name.rawValue]?.int.flatMap { $0 > 0 ? $0 : nil } }
    guard let access = text(.accessToken), let id = text(.idToken), let username = text(.username),
      PoolRules.username.accepts(username), let pool = text(.userPoolID), let client = text(.clientID),
      let first = moment(.expiresAt)
    else { throw CognitoError(.malformedResponse, "The login daemon's hand-over lacks a field.") }
    self.init(
      userPoolID: pool, clientID: client, username: username, accessToken: Secret(utf8: access),
      idToken: Secret(utf8: id), refreshToken: text(.refreshToken).map { Secret(utf8: $0) },
      accessExpiresAt: moment(.accessExpiresAt) ?? first, idExpiresAt: moment(.idExpiresAt) ?? first)
    region = text(.region)
    endpoint = text(.endpoint)
    issuer = text(.issuer)
    subject = text(.subject)
    loginName = text(.loginName)
    deviceKey = text(.deviceKey)
    ownsDevice = document[Name.ownsDevice.rawValue]?.bool ?? false
  }

  private static func isTokenByte(_ byte: UInt8) -> Bool {
    (0x21...0x7e).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }
}

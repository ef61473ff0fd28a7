import FoundationEssentials

/// A refresh token, by the hash of it. All tokens that one sign-in led to share an `origin_jti`.
package struct RefreshTokenRecord: Sendable {
  /// SHA-256 of the token: a copy of the database signs nobody in.
  package let hash: [UInt8]
  package let poolID: String
  package let clientID: String
  package let userID: Int64
  package let originJti: String
  package let deviceKey: String?
  package let scope: String
  package let authTime: Date
  /// How the user showed who they are.
  package var strength = AuthenticationStrength()
  package let createdAt: Date
  package let expiresAt: Date
  /// When a newer token took its place.
  package var rotatedAt: Date?
  /// Until when it still works after that.
  package var graceUntil: Date?

  package init(
    hash: [UInt8], poolID: String, clientID: String, userID: Int64, originJti: String, deviceKey: String?,
    scope: String,
    authTime: Date, createdAt: Date, expiresAt: Date, rotatedAt: Date? = nil, graceUntil: Date? = nil
  ) {
    self.hash = hash
    self.poolID = poolID
    self.clientID = clientID
    self.userID = userID
    self.originJti = originJti
    self.deviceKey = deviceKey
    self.scope = scope
    self.authTime = authTime
    self.createdAt = createdAt
    self.expiresAt = expiresAt
    self.rotatedAt = rotatedAt
    self.graceUntil = graceUntil
  }
}

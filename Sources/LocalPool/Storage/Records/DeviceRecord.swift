import FoundationEssentials

/// A device that a user signed in from.
package struct DeviceRecord: Sendable {
  package let poolID: String
  package let userID: Int64
  /// `region_uuid`.
  package let key: String
  package let groupKey: String
  package var name: String?
  /// Set by ConfirmDevice; a device without one is unconfirmed.
  package var password: PasswordVerifier?
  package var isRemembered: Bool
  package var lastIP: String?
  package let createdAt: Date
  package var modifiedAt: Date
  package var lastAuthenticatedAt: Date

  package var isConfirmed: Bool { password != nil }

  package init(
    poolID: String, userID: Int64, key: String, groupKey: String, name: String? = nil,
    password: PasswordVerifier? = nil,
    isRemembered: Bool = false, lastIP: String? = nil, createdAt: Date
  ) {
    self.poolID = poolID
    self.userID = userID
    self.key = key
    self.groupKey = groupKey
    self.name = name
    self.password = password
    self.isRemembered = isRemembered
    self.lastIP = lastIP
    self.createdAt = createdAt
    modifiedAt = createdAt
    lastAuthenticatedAt = createdAt
  }
}

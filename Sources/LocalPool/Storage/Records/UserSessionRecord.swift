import FoundationEssentials

/// Where a user is signed in: in an app, by a refresh token, or in a browser, for all apps (SSO).
package struct UserSessionRecord: Sendable, Equatable {
  /// The row: the order in which sessions began.
  package internal(set) var number: Int64 = 0
  /// 28 characters: `tkn…` or `sso…`.
  package let id: String
  package let userID: Int64
  package let clientID: String
  /// The sign-in whose tokens these are; nil for a browser's session.
  package let originJti: String?
  /// The browser's session that an app's session came through.
  package let parent: String?
  /// What the user agent said of program and system at the last activity.
  package var device: String
  package var address: String
  package let createdAt: Date
  package var lastActiveAt: Date
  package let expiresAt: Date

  package init(
    id: String, userID: Int64, clientID: String, originJti: String?, parent: String?, device: String, address: String,
    createdAt: Date, lastActiveAt: Date, expiresAt: Date
  ) {
    self.id = id
    self.userID = userID
    self.clientID = clientID
    self.originJti = originJti
    self.parent = parent
    self.device = device
    self.address = address
    self.createdAt = createdAt
    self.lastActiveAt = lastActiveAt
    self.expiresAt = expiresAt
  }
}

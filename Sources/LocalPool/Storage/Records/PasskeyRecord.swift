import FoundationEssentials

/// A passkey of a user.
package struct PasskeyRecord: Sendable {
  /// The row: the order in which a user's passkeys were made.
  package internal(set) var number: Int64 = 0
  package let poolID: String
  package let userID: Int64
  package let credential: PasskeyCredential
  /// The relying party that it was made for: it works for no other.
  package let relyingPartyID: String
  package let name: String
  /// `platform`, `cross-platform`; nil if the browser didn't say.
  package let attachment: String?
  package let transports: [String]
  package let createdAt: Date
  package var lastUsedAt: Date?

  package init(
    poolID: String, userID: Int64, credential: PasskeyCredential, relyingPartyID: String, name: String,
    attachment: String?, transports: [String], createdAt: Date
  ) {
    self.poolID = poolID
    self.userID = userID
    self.credential = credential
    self.relyingPartyID = relyingPartyID
    self.name = name
    self.attachment = attachment
    self.transports = transports
    self.createdAt = createdAt
  }
}

import FoundationEssentials

/// A message that AWS would have sent by SMS or e-mail.
package struct OutboxMessage: Sendable, Codable {
  package enum Medium: String, Sendable, Codable {
    case sms = "SMS"
    case email = "EMAIL"
  }

  /// Ascending; given by the store.
  package internal(set) var id: Int64 = 0
  package let poolID: String
  package let username: String
  package let medium: Medium
  /// In full.
  package let destination: String
  /// Why it was sent: `sign-up`, `forgot-password`, `mfa`, `invitation`, …
  package let kind: String
  package let subject: String
  package let body: String
  /// The code or temporary password in the body, for tests.
  package let code: String?
  package let createdAt: Date

  package init(
    poolID: String, username: String, medium: Medium, destination: String, kind: String, subject: String, body: String,
    code: String?, createdAt: Date
  ) {
    self.poolID = poolID
    self.username = username
    self.medium = medium
    self.destination = destination
    self.kind = kind
    self.subject = subject
    self.body = body
    self.code = code
    self.createdAt = createdAt
  }
}

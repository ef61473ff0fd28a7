import FoundationEssentials

/// What a code sent to a user is good for.
package enum CodePurpose: String, Sendable, Codable {
  case signUp = "sign-up"
  case forgotPassword = "forgot-password"
  /// Verifies an attribute; the attribute's name is kept with it.
  case attribute
}

/// A code on its way to a user. One per user, purpose and attribute: a new one replaces the old.
///
/// In clear: it has a million values at most, so a hash would hide nothing, and the outbox shows it anyway.
package struct CodeRecord: Sendable {
  package let userID: Int64
  package let purpose: CodePurpose
  /// `email` or `phone_number` for `.attribute`, else empty.
  package let subject: String
  package let code: String
  /// The address that it was sent to, in full: who has the code reads that address, whatever the user's attribute says now.
  package let destination: String
  package let createdAt: Date
  package let expiresAt: Date
  package var failures: Int

  package init(
    userID: Int64, purpose: CodePurpose, subject: String, code: String, destination: String, createdAt: Date,
    expiresAt: Date, failures: Int = 0
  ) {
    self.userID = userID
    self.purpose = purpose
    self.subject = subject
    self.code = code
    self.destination = destination
    self.createdAt = createdAt
    self.expiresAt = expiresAt
    self.failures = failures
  }
}

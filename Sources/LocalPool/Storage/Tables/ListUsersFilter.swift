/// What ListUsers filters by: one attribute, equal or by its beginning.
package struct ListUsersFilter: Sendable, Equatable {
  package enum Field: Sendable, Equatable {
    case username
    case sub
    /// `cognito:user_status`
    case status
    /// `Enabled` or `Disabled`
    case enabled
    /// One of `attributes`.
    case attribute(String)
  }

  /// The standard attributes that AWS can search.
  package static let attributes: Set<String> = [
    "email", "phone_number", "name", "given_name", "family_name", "preferred_username",
  ]

  package let field: Field
  package let value: String
  package let isPrefix: Bool

  package init(field: Field, value: String, isPrefix: Bool) {
    self.field = field
    self.value = value
    self.isPrefix = isPrefix
  }
}

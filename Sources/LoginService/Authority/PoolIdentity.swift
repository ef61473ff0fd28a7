import Cognito

/// Whose tokens they are, by the pool's own signature.
package struct PoolIdentity: Sendable, Equatable {
  /// `sub`, which never changes.
  package let subject: String
  /// `cognito:username`.
  package let username: String
  /// `cognito:groups`.
  package let groups: Set<String>
  /// All claims of the id token.
  package let claims: JSONValue

  package init(subject: String, username: String, groups: Set<String>, claims: JSONValue = [:]) {
    self.subject = subject
    self.username = username
    self.groups = groups
    self.claims = claims
  }

  package func text(_ claim: String) -> String? { claims[claim]?.string }

  /// Some of the pool's triggers write "true" where the service writes true.
  package func isTrue(_ claim: String) -> Bool { claims[claim]?.bool ?? (claims[claim]?.string == "true") }

  /// When the person last proved who they are (`auth_time`), in seconds since 1970.
  package var authenticatedAt: Double? { claims["auth_time"]?.double }
}

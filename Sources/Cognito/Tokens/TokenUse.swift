/// What a token is for: Cognito's `token_use` claim.
public enum TokenUse: String, Sendable, Hashable, CaseIterable {
  /// Says who the user is, to the app client itself.
  case id
  /// Lets the client act for the user, towards servers.
  case access
}

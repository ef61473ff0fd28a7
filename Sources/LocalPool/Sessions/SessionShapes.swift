import Cognito

/// What the operations on sessions share.
enum SessionShapes {
  static let id = Constraint.string(28...28, .sessionID, isSensitive: false)
  static let associated = Member.optional("RevokeAssociatedSessions", .choice(["NONE", "LINKED"]))
}

extension OperationRequest {
  /// Whether linked sessions are to go as well.
  func revokesLinkedSessions() throws -> Bool {
    try input.optionalString("RevokeAssociatedSessions") == "LINKED"
  }
}

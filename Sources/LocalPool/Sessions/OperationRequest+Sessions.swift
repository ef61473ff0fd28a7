import Cognito

extension OperationRequest {
  /// Whether linked sessions are to go as well.
  func revokesLinkedSessions() throws -> Bool {
    try input.optionalString("RevokeAssociatedSessions") == "LINKED"
  }
}

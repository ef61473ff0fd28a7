import Cognito

/// An administrator says whether a sign-in was the user's own. Without threat protection there are no such events.
enum AdminUpdateAuthEventFeedback: PoolOperation {
  static let name = "AdminUpdateAuthEventFeedback"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    _ = try request.user(in: try request.pool())
    throw PoolException.threatProtectionIsOff
  }
}

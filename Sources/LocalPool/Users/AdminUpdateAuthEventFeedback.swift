import Cognito

/// An administrator says whether a sign-in was the user's own. Without threat protection there are no such events.
enum AdminUpdateAuthEventFeedback: PoolOperation {
  static let name = "AdminUpdateAuthEventFeedback"
  static let access = OperationAccess.iam
  static let shape: InputShape = [
    .required("UserPoolId", .poolID), .required("Username", .username),
    .required("EventId", .string(1...50, .anything, isSensitive: false)),
    .required("FeedbackValue", .choice(["Valid", "Invalid"])),
  ]

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    _ = try request.user(in: try request.pool())
    throw PoolException.threatProtectionIsOff
  }
}

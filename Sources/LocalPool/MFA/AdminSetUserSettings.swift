import Cognito

/// Turns codes by SMS on or off for a user, the old way.
enum AdminSetUserSettings: PoolOperation {
  static let name = "AdminSetUserSettings"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    try request.changeUser(in: try request.pool()) { user, _ in try OldMFAOptions.apply(request.input, to: &user) }
    return [:]
  }
}

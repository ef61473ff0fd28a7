import Cognito

/// Lets a user sign in again.
enum AdminEnableUser: PoolOperation {
  static let name = "AdminEnableUser"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    try request.changeUser(in: try request.pool()) { user, _ in user.isEnabled = true }
    return [:]
  }
}

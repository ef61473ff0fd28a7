import Cognito

/// Lets a user sign in again.
enum AdminEnableUser: Operation {
  static let name = "AdminEnableUser"
  static let access = OperationAccess.iam
  static let shape: InputShape = [.required("UserPoolId", .poolId), .required("Username", .username)]

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    try request.changeUser(in: try request.pool()) { user, _ in user.isEnabled = true }
    return [:]
  }
}

import Cognito

/// Keeps a user from signing in; their tokens are void as well.
enum AdminDisableUser: PoolOperation {
  static let name = "AdminDisableUser"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    try request.changeUser(in: try request.pool()) { user, transaction in
      user.isEnabled = false
      _ = try transaction.refreshTokens.deleteAll(of: user.id)
      try transaction.userSessions.deleteAll(of: user.id)
    }
    return [:]
  }
}

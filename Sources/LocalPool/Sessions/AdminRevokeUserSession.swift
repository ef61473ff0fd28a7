import Cognito

/// Ends a session of a user.
enum AdminRevokeUserSession: PoolOperation {
  static let name = "AdminRevokeUserSession"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let pool = try request.pool()
    guard pool.settings.tracksSessions else { throw UserSessions.disabled }
    try UserSessions.revoke(
      try request.input.string("SessionId"), of: try request.user(in: pool),
      linked: try request.revokesLinkedSessions(), request.context)
    return [:]
  }
}

import Cognito

/// Ends another session of the caller's.
enum RevokeUserSession: PoolOperation {
  static let name = "RevokeUserSession"
  static let access = OperationAccess.accessToken

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let caller = try request.requireCaller()
    guard caller.pool.settings.tracksSessions else { throw UserSessions.disabled }
    try UserSessions.revoke(
      try request.input.string("SessionId"), of: caller.user, linked: try request.revokesLinkedSessions(),
      current: caller.token.originJti, request.context)
    return [:]
  }
}

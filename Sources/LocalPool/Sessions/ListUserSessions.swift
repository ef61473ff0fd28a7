import Cognito

/// Lists where the caller is signed in.
enum ListUserSessions: PoolOperation {
  static let name = "ListUserSessions"
  static let access = OperationAccess.accessToken

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let caller = try request.requireCaller()
    guard caller.pool.settings.tracksSessions else { throw UserSessions.disabled }
    return try UserSessions.list(of: caller.user, current: caller.token.originJti, request)
  }
}

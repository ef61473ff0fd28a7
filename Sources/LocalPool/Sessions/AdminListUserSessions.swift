import Cognito

/// Lists where a user is signed in.
enum AdminListUserSessions: PoolOperation {
  static let name = "AdminListUserSessions"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let pool = try request.pool()
    guard pool.settings.tracksSessions else { throw UserSessions.disabled }
    return try UserSessions.list(of: try request.user(in: pool), current: nil, request)
  }
}

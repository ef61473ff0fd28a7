import Cognito

/// Shows whether a pool tracks sessions, and how many a user can have.
enum GetUserPoolSessionConfiguration: PoolOperation {
  static let name = "GetUserPoolSessionConfiguration"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue { json(of: try request.pool()) }

  static func json(of pool: PoolRecord) -> JSONValue {
    [
      "UserPoolId": .string(pool.id), "UserSessionTracking": pool.settings.tracksSessions ? "ENABLED" : "DISABLED",
      "TokenSession": ["MaxPerUser": .int(Int64(pool.settings.mostSessions))],
    ]
  }
}

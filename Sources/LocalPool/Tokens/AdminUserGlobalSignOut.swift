import Cognito

/// Ends every sign-in of a user.
enum AdminUserGlobalSignOut: PoolOperation {
  static let name = "AdminUserGlobalSignOut"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let pool = try request.context.pool(try request.input.string("UserPoolId"))
    let name = try request.input.string("Username")
    try request.context.store.write { transaction in
      guard
        let user = try transaction.users.find(login: name, in: pool)
          ?? transaction.users.find(sub: name, in: pool.id)
      else { throw PoolException.userNotFound }
      try Revocation.revokeAll(of: user.id, at: request.context.clock.now, transaction)
    }
    return .object([:])
  }
}

import Cognito

/// Ends every sign-in of the caller.
struct GlobalSignOut: Operation {
  static let name = "GlobalSignOut"
  static let access = OperationAccess.accessToken

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let caller = try request.requireCaller()
    let now = request.context.clock.now
    try request.context.store.write { transaction in
      try Revocation.revokeAll(of: caller.user.id, at: now, transaction)
      if let origin = caller.token.originJti { try Revocation.revoke(originJti: origin, at: now, transaction) }
    }
    return .object([:])
  }
}

/// Ends every sign-in of a user.
struct AdminUserGlobalSignOut: Operation {
  static let name = "AdminUserGlobalSignOut"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let pool = try request.context.pool(try request.input.string("UserPoolId", maximumLength: 55))
    let name = try request.input.string("Username")
    try request.context.store.write { transaction in
      guard
        let user = try transaction.users.find(login: name, in: pool)
          ?? transaction.users.find(sub: name, in: pool.id)
      else { throw ServiceError.userNotFound }
      try Revocation.revokeAll(of: user.id, at: request.context.clock.now, transaction)
    }
    return .object([:])
  }
}

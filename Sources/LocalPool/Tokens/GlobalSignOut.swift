import Cognito

/// Ends every sign-in of the caller.
enum GlobalSignOut: PoolOperation {
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

import Cognito

/// Removes attributes of the caller.
enum DeleteUserAttributes: PoolOperation {
  static let name = "DeleteUserAttributes"
  static let access = OperationAccess.accessToken

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let caller = try request.requireCaller()
    let names = try request.input.optionalStrings("UserAttributeNames") ?? []
    // Removing is writing: the same permission is asked for.
    try AttributeRules.checkWritable(names, in: caller.pool, by: caller.client)
    try request.changeCaller { user, pool, transaction in
      try AttributeUpdate.remove(names, from: &user, in: pool)
      try Aliases.assign(to: user, in: pool, transaction)
    }
    return [:]
  }
}

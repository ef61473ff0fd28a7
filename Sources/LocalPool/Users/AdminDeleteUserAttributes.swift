import Cognito

/// Removes attributes of a user.
enum AdminDeleteUserAttributes: PoolOperation {
  static let name = "AdminDeleteUserAttributes"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let pool = try request.pool()
    let names = try request.input.optionalStrings("UserAttributeNames") ?? []
    try request.changeUser(in: pool) { user, transaction in
      try AttributeUpdate.remove(names, from: &user, in: pool)
      try Aliases.assign(to: user, in: pool, transaction)
    }
    return [:]
  }
}

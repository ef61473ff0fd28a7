import Cognito

/// Sets attributes of a user; an administrator may also say that an address is verified.
enum AdminUpdateUserAttributes: PoolOperation {
  static let name = "AdminUpdateUserAttributes"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let pool = try request.pool()
    let attributes = try AttributeRules.read(request.input, "UserAttributes")
    try AttributeRules.check(attributes, in: pool, by: .administrator, isNew: false)
    try request.changeUser(in: pool) { user, transaction in
      AttributeUpdate.apply(attributes, to: &user, given: Set(attributes.map(\.name)))
      try Aliases.assign(to: user, in: pool, transaction)
    }
    return [:]
  }
}

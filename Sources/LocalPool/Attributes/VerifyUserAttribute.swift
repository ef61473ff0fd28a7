import Cognito

/// Verifies an address of the caller with the code that was sent to it. A new address that waited for this takes effect.
enum VerifyUserAttribute: PoolOperation {
  static let name = "VerifyUserAttribute"
  static let access = OperationAccess.accessToken
  private static let guessesAnHour = 15

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let caller = try request.requireCaller()
    let attribute = try VerifiableAttribute.name(request.input)
    let code = try CodeDesk.check(
      try request.input.string("Code"), .attribute, subject: attribute, user: caller.user, limit: guessesAnHour,
      context: request.context)
    try request.changeCaller { user, pool, transaction in
      try CodeDesk.use(code, transaction)
      let deferred = pool.settings.userAttributeUpdateSettings?.attributesRequireVerificationBeforeUpdate ?? []
      // An address that was changed since the code went out isn't the one that was proved.
      guard user[attribute] == code.destination || deferred.contains(attribute) else {
        throw PoolException.expiredCode()
      }
      user[attribute] = code.destination
      user["\(attribute)_verified"] = "true"
      try Aliases.assign(to: user, in: pool, transaction)
    }
    return [:]
  }
}

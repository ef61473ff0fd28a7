import Cognito

/// Confirms a user who signed up, without their code.
enum AdminConfirmSignUp: PoolOperation {
  static let name = "AdminConfirmSignUp"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let pool = try request.pool()
    let confirmed = try request.changeUser(in: pool) { user, transaction in
      guard user.status == .unconfirmed else {
        throw PoolException.notAuthorized("User cannot be confirmed. Current status is \(user.status.rawValue)")
      }
      user.status = .confirmed
      try transaction.codes.delete(user: user.id, purpose: .signUp)
    }
    try PostConfirmation.run(
      source: "PostConfirmation_ConfirmSignUp", user: confirmed, pool: pool, clientID: "CLIENT_ID_NOT_APPLICABLE",
      request)
    return [:]
  }
}

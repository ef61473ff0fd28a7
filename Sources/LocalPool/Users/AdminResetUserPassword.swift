import Cognito

/// Voids a user's password and sends them a code to set a new one with (ConfirmForgotPassword).
enum AdminResetUserPassword: PoolOperation {
  static let name = "AdminResetUserPassword"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let pool = try request.pool()
    let user = try request.user(in: pool)
    guard user.status == .confirmed || user.status == .resetRequired else {
      throw PoolException.notAuthorized("User password cannot be reset in the current state.")
    }
    guard let delivery = RecoveryDelivery.of(user, in: pool) else {
      throw PoolException.invalidParameter(RecoveryDelivery.noneText)
    }
    try CodeDesk.send(
      .forgotPassword, .forgotPassword, to: delivery, user: user, pool: pool,
      metadata: try request.input.stringMap("ClientMetadata"), context: request.context)
    try request.changeUser(in: pool) { user, _ in user.status = .resetRequired }
    return [:]
  }
}

import Cognito

/// Sends a code with which a person who forgot their password can set a new one.
enum ForgotPassword: PoolOperation {
  static let name = "ForgotPassword"
  static let access = OperationAccess.none
  /// AWS: 5 to 20, by risk.
  private static let codesAnHour = 5

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let call = try ClientCall(request)
    do {
      let (user, delivery) = try recipient(call, request)
      try CodeDesk.send(
        .forgotPassword, .forgotPassword, to: delivery, user: user, pool: call.pool, clientID: call.client.id,
        metadata: try request.input.stringMap("ClientMetadata"), limit: codesAnHour, context: request.context)
      return ["CodeDeliveryDetails": delivery.json]
    } catch is Unreachable where call.client.settings.hidesUserExistence {
      try Strangers.send(.forgotPassword, call.strangerID(request), limit: codesAnHour, request.context)
      return ["CodeDeliveryDetails": call.simulatedDelivery(request)]
    } catch let unreachable as Unreachable {
      throw unreachable.reason
    }
  }

  /// Why no code can be sent; a client that mustn't learn of users is told that one was.
  private struct Unreachable: Error {
    let reason: PoolException
  }

  private static func recipient(
    _ call: ClientCall, _ request: OperationRequest
  ) throws -> (UserRecord, CodeDestination) {
    let metadata = try request.input.stringMap("ClientMetadata")
    let user =
      try call.user(request)
      ?? UserMigration.migrate(call.login, password: nil, call.pool, call.client, metadata, request)
    guard let user else { throw Unreachable(reason: ClientCall.notFound) }
    guard user.isEnabled else { throw Unreachable(reason: .userDisabled) }
    guard user.status != .forceChangePassword, user.status != .externalProvider else {
      throw Unreachable(reason: .notAuthorized("User password cannot be reset in the current state."))
    }
    guard let delivery = RecoveryDelivery.of(user, in: call.pool) else {
      throw Unreachable(reason: .invalidParameter(RecoveryDelivery.noneText))
    }
    return (user, delivery)
  }
}

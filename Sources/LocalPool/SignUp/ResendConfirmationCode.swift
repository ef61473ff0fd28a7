import Cognito

/// Sends a new code to a person who signed up and hasn't confirmed.
enum ResendConfirmationCode: PoolOperation {
  static let name = "ResendConfirmationCode"
  static let access = OperationAccess.none
  private static let codesAnHour = 5

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let call = try ClientCall(request)
    let hides = call.client.settings.hidesUserExistence
    let found = try call.user(request)
    guard let user = found, user.isEnabled || !hides else {
      guard hides else { throw ClientCall.notFound }
      try Strangers.send(.signUp, call.strangerID(request), limit: codesAnHour, request.context)
      return ["CodeDeliveryDetails": call.simulatedDelivery(request)]
    }
    guard user.status == .unconfirmed else { throw PoolException.invalidParameter("User is already confirmed.") }
    guard let delivery = SignUpDelivery.of(user, in: call.pool) else {
      throw PoolException.invalidParameter("Auto verification not turned on.")
    }
    try CodeDesk.send(
      .signUp, .resendCode, to: delivery, user: user, pool: call.pool, clientID: call.client.id,
      metadata: try request.input.stringMap("ClientMetadata"), limit: codesAnHour, context: request.context)
    return ["CodeDeliveryDetails": delivery.json]
  }
}

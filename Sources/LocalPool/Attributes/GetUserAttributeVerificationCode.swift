import Cognito

/// Sends the caller a code that verifies their e-mail address or phone number.
enum GetUserAttributeVerificationCode: PoolOperation {
  static let name = "GetUserAttributeVerificationCode"
  static let access = OperationAccess.accessToken
  private static let codesAnHour = 5

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let caller = try request.requireCaller()
    let attribute = try VerifiableAttribute.name(request.input)
    guard let delivery = CodeDestination(to: attribute, of: caller.user) else {
      throw PoolException.invalidParameter("User does not have a value for attribute \(attribute).")
    }
    try CodeDesk.send(
      .attribute, .verifyAttribute, to: delivery, subject: attribute, user: caller.user, pool: caller.pool,
      clientID: caller.client.id, metadata: try request.input.stringMap("ClientMetadata"), limit: codesAnHour,
      context: request.context)
    return ["CodeDeliveryDetails": delivery.json]
  }
}

import Cognito

/// Sets attributes of the caller; a new address that the pool verifies is sent a code.
enum UpdateUserAttributes: PoolOperation {
  static let name = "UpdateUserAttributes"
  static let access = OperationAccess.accessToken

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let caller = try request.requireCaller()
    let settings = caller.pool.settings
    let attributes = try AttributeRules.read(request.input, "UserAttributes")
    try AttributeRules.check(attributes, in: caller.pool, by: .user(caller.client), isNew: false)
    let changed = attributes.filter { caller.user[$0.name] != $0.value }
    // Addresses that count only once they are verified stay as they are until then.
    let deferred = Set(settings.userAttributeUpdateSettings?.attributesRequireVerificationBeforeUpdate ?? [])
    let user = try request.changeCaller { user, pool, transaction in
      let now = attributes.filter { !deferred.contains($0.name) || user[$0.name] == nil }
      AttributeUpdate.apply(now, to: &user, given: [])
      try Aliases.assign(to: user, in: pool, transaction)
    }
    let toVerify = changed.filter {
      (settings.autoVerifiedAttributes ?? []).contains($0.name) && !$0.value.isEmpty
    }
    var deliveries: [JSONValue] = []
    for attribute in toVerify {
      let delivery = CodeDestination(
        medium: attribute.name == "email" ? .email : .sms, destination: attribute.value, attribute: attribute.name)
      try CodeDesk.send(
        .attribute, .updateAttribute, to: delivery, subject: attribute.name, user: user, pool: caller.pool,
        clientID: caller.client.id, metadata: try request.input.stringMap("ClientMetadata"), context: request.context)
      deliveries.append(delivery.json)
    }
    return ["CodeDeliveryDetailsList": .array(deliveries)]
  }
}

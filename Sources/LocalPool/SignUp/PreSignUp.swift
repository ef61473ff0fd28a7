import Cognito

/// The trigger that may refuse, confirm or verify a user before they exist.
enum PreSignUp {
  struct Answer {
    var confirmsUser = false
    var verifiesEmail = false
    var verifiesPhone = false
  }

  @discardableResult
  static func run(
    source: String, user: UserRecord, pool: PoolRecord, clientID: String, _ request: OperationRequest
  ) throws -> Answer {
    guard request.context.triggers.has(.preSignUp, pool) else { return Answer() }
    let validation = try AttributeRules.read(request.input, "ValidationData")
    let metadata = try request.input.stringMap("ClientMetadata")
    var event = TriggerEvent(
      trigger: .preSignUp, source: source, pool: pool, clientID: clientID, username: user.username,
      request: [
        "userAttributes": .object(Dictionary(user.attributes.map { ($0.name, JSONValue.string($0.value)) }) { $1 }),
        "validationData": .null,
      ],
      response: ["autoConfirmUser": false, "autoVerifyEmail": false, "autoVerifyPhone": false])
    event.add(Dictionary(validation.map { ($0.name, $0.value) }) { $1 }, as: "validationData")
    event.add(metadata)
    let answer = try request.context.triggers.run(event)
    return Answer(
      confirmsUser: answer?["autoConfirmUser"]?.bool ?? false, verifiesEmail: answer?["autoVerifyEmail"]?.bool ?? false,
      verifiesPhone: answer?["autoVerifyPhone"]?.bool ?? false)
  }
}

import Cognito

/// The trigger that is told of a user who confirmed their sign-up or set a new password.
enum PostConfirmation {
  static func run(
    source: String, user: UserRecord, pool: PoolRecord, clientID: String, _ request: OperationRequest
  ) throws {
    guard request.context.triggers.has(.postConfirmation, pool) else { return }
    let metadata = try request.input.stringMap("ClientMetadata")
    var event = TriggerEvent(
      trigger: .postConfirmation, source: source, pool: pool, clientID: clientID, username: user.username,
      request: ["userAttributes": TriggerAttributes.of(user, in: pool)])
    event.add(metadata)
    _ = try request.context.triggers.run(event)
  }
}

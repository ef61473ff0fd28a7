import Cognito

extension OutboxMessage {
  /// The message as `cognito-pool outbox --json` and the control interface show it.
  package var json: JSONValue {
    .fields([
      "id": .int(id), "user_pool_id": .string(poolID), "username": .string(username),
      "medium": .string(medium.rawValue),
      "destination": .string(destination), "kind": .string(kind), "subject": .string(subject), "body": .string(body),
      "code": code.map { .string($0) }, "created": .time(createdAt),
    ])
  }
}

import Cognito

extension ClientRecord {
  /// `UserPoolClientType`. AWS shows the (oldest) secret to whoever may describe the client.
  func descriptionJSON() -> JSONValue {
    var members = JSONValue.document(document.json)
    members[ClientDocument.sessions] = nil
    members["UserPoolId"] = .string(poolID)
    members["ClientId"] = .string(id)
    members["CreationDate"] = .time(createdAt)
    members["LastModifiedDate"] = .time(modifiedAt)
    members["ClientSecret"] = secrets.first.map { .string($0.value) }
    return .object(members)
  }
}

extension OperationRequest {
  /// The app client named by `UserPoolId` and `ClientId`.
  func client() throws -> ClientRecord {
    try context.client(try input.string("ClientId"), in: try input.string("UserPoolId")).client
  }
}

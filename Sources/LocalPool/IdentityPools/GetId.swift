import Cognito

/// Amazon Cognito Identity: the identity of whoever shows an id token of ours.
enum GetId: PoolOperation {
  static let name = "GetId"
  static let access = OperationAccess.none

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let user = try LocalIdentity.user(request)
    let identityPool = try request.input.string("IdentityPoolId")
    let identity = LocalIdentity.identity(of: user, in: identityPool, request.context)
    // Which identity pool it is of comes with GetCredentialsForIdentity only as the identity: so that is kept.
    let record = ResourceRecord(
      poolID: user.poolID, kind: .identity, name: identity,
      json: JSONValue.object(["sub": .string(user.sub)]).serialized(),
      createdAt: request.context.clock.now, modifiedAt: request.context.clock.now)
    try request.context.store.write { try $0.resources.save(record) }
    return ["IdentityId": .string(identity)]
  }
}

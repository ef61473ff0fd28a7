import Cognito

extension GroupRecord {
  /// `GroupType`.
  var json: JSONValue {
    .fields([
      "GroupName": .string(name), "UserPoolId": .string(poolID), "Description": description.map { .string($0) },
      "RoleArn": roleArn.map { .string($0) }, "Precedence": precedence.map { .int(Int64($0)) },
      "CreationDate": .time(createdAt), "LastModifiedDate": .time(modifiedAt),
    ])
  }

  static func notFound() -> PoolException { .resourceNotFound("Group not found.") }
}

extension OperationRequest {
  /// The group of that pool named by `GroupName`.
  func group(in pool: PoolRecord) throws -> GroupRecord {
    let name = try input.string("GroupName")
    guard let group = try context.store.read({ try $0.groups.find(name, in: pool.id) }) else {
      throw GroupRecord.notFound()
    }
    return group
  }
}

import Cognito

/// Adds custom attributes to a pool's schema; they can't be taken away again.
enum AddCustomAttributes: PoolOperation {
  static let name = "AddCustomAttributes"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let added = try request.input.objects("CustomAttributes").map(PoolDocument.schema)
    let id = try request.input.string("UserPoolId")
    try request.context.store.write { transaction in
      guard var pool = try transaction.pools.find(id) else { throw PoolException.poolNotFound(id) }
      var schema = JSONValue.document(pool.document.json)["Schema"]?.array ?? []
      for attribute in added {
        let name = attribute["Name"]?.string ?? ""
        guard name.contains(":") else { throw PoolException.invalidParameter("\(name) is a standard attribute.") }
        guard pool.settings.schema(of: name) == nil, !schema.contains(where: { $0["Name"] == attribute["Name"] }) else {
          throw PoolException.invalidParameter("Attribute \(name) already exists.")
        }
        schema.append(attribute)
      }
      guard schema.filter({ $0["Name"]?.string?.contains(":") ?? false }).count <= 50 else {
        throw PoolException.invalidParameter("A user pool has at most 50 custom attributes.")
      }
      pool.document = try PoolDocument.replacing(["Schema": .array(schema)], of: pool)
      pool.modifiedAt = request.context.clock.now
      try transaction.pools.update(pool)
    }
    return [:]
  }
}

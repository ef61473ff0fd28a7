import Cognito

/// The tags of a pool, which its ARN names.
enum PoolTags {
  static let mostTags = 50

  /// The pool of an ARN.
  static func pool(_ request: OperationRequest) throws -> PoolRecord {
    let arn = try request.input.string("ResourceArn")
    let id = arn.split(separator: "/").last.map(String.init) ?? ""
    guard let pool = try request.context.store.read({ try $0.pools.find(id) }), pool.arn == arn else {
      throw PoolException.resourceNotFound("Resource not found: \(arn)")
    }
    return pool
  }

  /// Changes the tags of the ARN's pool.
  static func change(_ request: OperationRequest, _ change: (inout [String: JSONValue]) -> Void) throws {
    var pool = try pool(request)
    var tags = JSONValue.document(pool.document.json)["UserPoolTags"]?.object ?? [:]
    change(&tags)
    guard tags.count <= mostTags else {
      throw PoolException("UserPoolTaggingException", "A pool has at most \(mostTags) tags.")
    }
    pool.document = try PoolDocument.replacing(["UserPoolTags": .object(tags)], of: pool)
    let changed = pool
    try request.context.store.write { try $0.pools.update(changed) }
  }
}

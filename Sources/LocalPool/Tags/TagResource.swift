import Cognito

/// Sets tags of a pool.
enum TagResource: PoolOperation {
  static let name = "TagResource"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let tags = try request.input.stringMap("Tags").mapValues { JSONValue.string($0) }
    try PoolTags.change(request) { $0.merge(tags) { $1 } }
    return [:]
  }
}

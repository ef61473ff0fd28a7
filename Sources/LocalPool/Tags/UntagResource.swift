import Cognito

/// Takes tags from a pool.
enum UntagResource: PoolOperation {
  static let name = "UntagResource"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let names = try request.input.optionalStrings("TagKeys") ?? []
    try PoolTags.change(request) { tags in for name in names { tags[name] = nil } }
    return [:]
  }
}

import Cognito

/// Lists a pool's tags.
enum ListTagsForResource: PoolOperation {
  static let name = "ListTagsForResource"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let pool = try PoolTags.pool(request)
    return ["Tags": JSONValue.document(pool.document.json)["UserPoolTags"] ?? [:]]
  }
}

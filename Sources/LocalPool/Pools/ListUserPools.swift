import Cognito

/// Lists the user pools.
enum ListUserPools: PoolOperation {
  static let name = "ListUserPools"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let limit = try Paging.limit(request.input, "MaxResults")
    let after = try Paging.key(request.input, "NextToken", of: name)
    let pools = try request.context.store.read { try $0.pools.list(after: after, limit: limit + 1) }
    let page = Paging.page(pools, limit: limit, of: name) { $0.id }
    let descriptions = page.items.map { pool -> JSONValue in
      [
        "Id": .string(pool.id), "Name": .string(pool.settings.poolName), "LambdaConfig": [:],
        "CreationDate": .time(pool.createdAt), "LastModifiedDate": .time(pool.modifiedAt),
      ]
    }
    return .fields(["UserPools": .array(descriptions), "NextToken": page.token])
  }
}

import Cognito

/// Lists the groups of a pool.
enum ListGroups: PoolOperation {
  static let name = "ListGroups"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let pool = try request.pool()
    let limit = try Paging.limit(request.input)
    let after = try Paging.key(request.input, "NextToken", of: name)
    let groups = try request.context.store.read { try $0.groups.list(pool: pool.id, after: after, limit: limit + 1) }
    let page = Paging.page(groups, limit: limit, of: name) { $0.name }
    return .fields(["Groups": .array(page.items.map(\.json)), "NextToken": page.token])
  }
}

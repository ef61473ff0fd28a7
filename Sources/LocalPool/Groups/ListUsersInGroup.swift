import Cognito

/// Lists the users of a group.
enum ListUsersInGroup: PoolOperation {
  static let name = "ListUsersInGroup"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let pool = try request.pool()
    let group = try request.group(in: pool)
    let limit = try Paging.limit(request.input)
    let after = try Paging.row(request.input, "NextToken", of: name)
    let users = try request.context.store.read { transaction in
      try transaction.groups.members(of: group.name, in: pool.id, after: after, limit: limit + 1)
        .compactMap { try transaction.users.find(id: $0) }
    }
    let page = Paging.page(users, limit: limit, of: name) { String($0.id) }
    return .fields(["Users": .array(page.items.map { $0.listingJSON() }), "NextToken": page.token])
  }
}

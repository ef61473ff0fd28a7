import Cognito

/// Lists users, by a filter if one is given, page by page.
enum ListUsers: PoolOperation {
  static let name = "ListUsers"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let pool = try request.pool()
    let filter = try ListUsersFilter.parse(try request.input.optionalString("Filter") ?? "")
    let names = try request.input.optionalStrings("AttributesToGet")
    for name in names ?? [] where pool.settings.schema(of: name) == nil {
      throw PoolException.invalidParameter("One or more requested attributes do not exist.")
    }
    let limit = try Paging.limit(request.input)
    let after = try Paging.row(request.input, "PaginationToken", of: name)
    let users = try request.context.store.read {
      try $0.users.list(pool: pool, filter: filter, after: after, limit: limit + 1)
    }
    let page = Paging.page(users, limit: limit, of: name) { String($0.id) }
    return .fields([
      "Users": .array(page.items.map { $0.listingJSON(attributes: names) }), "PaginationToken": page.token,
    ])
  }
}

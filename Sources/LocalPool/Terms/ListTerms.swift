import Cognito

/// Lists a pool's terms.
enum ListTerms: PoolOperation {
  static let name = "ListTerms"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let pool = try request.pool()
    let limit = try Paging.limit(request.input, "MaxResults")
    let after = try Paging.key(request.input, "NextToken", of: name)
    let all = try request.context.store.read {
      try $0.resources.list(.terms, pool: pool.id, after: after, limit: limit + 1)
    }
    let page = Paging.page(all, limit: limit, of: name) { $0.name }
    return .fields(["Terms": .array(page.items.map(\.termsListingJSON)), "NextToken": page.token])
  }
}

import Cognito

/// Lists a pool's resource servers.
enum ListResourceServers: PoolOperation {
  static let name = "ListResourceServers"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let pool = try request.pool()
    let limit = try Paging.limit(request.input, "MaxResults", default: 50)
    let after = try Paging.key(request.input, "NextToken", of: name)
    let servers = try request.context.store.read {
      try $0.resources.list(.resourceServer, pool: pool.id, after: after, limit: limit + 1)
    }
    let page = Paging.page(servers, limit: limit, of: name) { $0.name }
    return .fields(["ResourceServers": .array(page.items.map(\.resourceServerJSON)), "NextToken": page.token])
  }
}

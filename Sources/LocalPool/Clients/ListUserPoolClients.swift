import Cognito

/// Lists the app clients of a pool.
enum ListUserPoolClients: PoolOperation {
  static let name = "ListUserPoolClients"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let pool = try request.pool()
    // Nobody registers app clients by themselves here.
    guard try request.input.optionalString("ClientType") != "DCR" else { return ["UserPoolClients": []] }
    let limit = try Paging.limit(request.input, "MaxResults")
    let after = try Paging.key(request.input, "NextToken", of: name)
    let clients = try request.context.store.read { try $0.clients.list(pool: pool.id, after: after, limit: limit + 1) }
    let page = Paging.page(clients, limit: limit, of: name) { $0.id }
    let descriptions = page.items.map { client -> JSONValue in
      [
        "ClientId": .string(client.id), "UserPoolId": .string(client.poolID),
        "ClientName": .string(client.settings.clientName),
      ]
    }
    return .fields(["UserPoolClients": .array(descriptions), "NextToken": page.token])
  }
}

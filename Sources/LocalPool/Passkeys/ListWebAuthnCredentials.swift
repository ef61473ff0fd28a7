import Cognito

/// Lists the caller's passkeys.
enum ListWebAuthnCredentials: PoolOperation {
  static let name = "ListWebAuthnCredentials"
  static let access = OperationAccess.accessToken

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let user = try request.requireCaller().user
    let limit = try Paging.limit(request.input, "MaxResults", default: PasskeyPolicy.mostPerUser)
    let after = try Paging.row(request.input, "NextToken", of: "passkeys")
    let passkeys = try request.context.store.read {
      try $0.passkeys.list(of: user.id, after: after, limit: limit + 1)
    }
    let page = Paging.page(passkeys, limit: limit, of: "passkeys") { String($0.number) }
    return .fields(["Credentials": .array(page.items.map(\.json)), "NextToken": page.token])
  }
}

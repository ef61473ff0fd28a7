import Cognito

/// Lists a pool's identity providers.
enum ListIdentityProviders: PoolOperation {
  static let name = "ListIdentityProviders"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let pool = try request.pool()
    let limit = try Paging.limit(request.input, "MaxResults")
    let after = try Paging.key(request.input, "NextToken", of: name)
    let providers = try request.context.store.read {
      try $0.resources.list(.identityProvider, pool: pool.id, after: after, limit: limit + 1)
    }
    let page = Paging.page(providers, limit: limit, of: name) { $0.name }
    let descriptions = page.items.map { provider -> JSONValue in
      .fields([
        "ProviderName": .string(provider.name), "ProviderType": provider.members["ProviderType"],
        "CreationDate": .time(provider.createdAt), "LastModifiedDate": .time(provider.modifiedAt),
      ])
    }
    return .fields(["Providers": .array(descriptions), "NextToken": page.token])
  }
}

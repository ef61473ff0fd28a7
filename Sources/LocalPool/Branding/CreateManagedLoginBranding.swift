import Cognito

/// Gives an app client's pages a look of their own, which is kept and shown; the pages here have one look.
enum CreateManagedLoginBranding: PoolOperation {
  static let name = "CreateManagedLoginBranding"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let client = try request.client()
    try ResourceRecord.checkBranding(request.input)
    let branding = ClientResource.make(.branding, request.given(ResourceRecord.brandingMembers), client, request)
    try request.context.store.write { transaction in
      guard try ClientResource.all(.branding, of: client.id, in: client.poolID, transaction).isEmpty else {
        throw PoolException("ManagedLoginBrandingExistsException", "The app client has a managed login branding.")
      }
      try transaction.resources.save(branding)
    }
    return ["ManagedLoginBranding": branding.brandingJSON]
  }
}

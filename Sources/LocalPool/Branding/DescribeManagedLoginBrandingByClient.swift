import Cognito

/// Shows an app client's look.
enum DescribeManagedLoginBrandingByClient: PoolOperation {
  static let name = "DescribeManagedLoginBrandingByClient"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let client = try request.client()
    let found = try request.context.store.read {
      try ClientResource.all(.branding, of: client.id, in: client.poolID, $0).first
    }
    guard let found else {
      throw PoolException.resourceNotFound("Managed login branding does not exist for client \(client.id).")
    }
    return ["ManagedLoginBranding": found.brandingJSON]
  }
}

import Cognito

/// Takes a look away.
enum DeleteManagedLoginBranding: PoolOperation {
  static let name = "DeleteManagedLoginBranding"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let branding = try DescribeManagedLoginBranding.find(request)
    try request.context.store.write { try $0.resources.delete(.branding, branding.name, in: branding.poolID) }
    return [:]
  }
}

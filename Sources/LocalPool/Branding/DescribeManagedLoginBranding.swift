import Cognito

/// Shows a look by its id.
enum DescribeManagedLoginBranding: PoolOperation {
  static let name = "DescribeManagedLoginBranding"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    ["ManagedLoginBranding": try find(request).brandingJSON]
  }

  static func find(_ request: OperationRequest) throws -> ResourceRecord {
    try ClientResource.find(.branding, "ManagedLoginBrandingId", what: "Managed login branding", request)
  }
}

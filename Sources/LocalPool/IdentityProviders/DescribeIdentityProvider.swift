import Cognito

/// Shows an identity provider.
enum DescribeIdentityProvider: PoolOperation {
  static let name = "DescribeIdentityProvider"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let provider = try request.resource(.identityProvider, "ProviderName", of: try request.pool())
    return ["IdentityProvider": provider.identityProviderJSON]
  }
}

import Cognito

/// Shows an identity provider.
enum DescribeIdentityProvider: PoolOperation {
  static let name = "DescribeIdentityProvider"
  static let access = OperationAccess.iam
  static let shape: InputShape = [
    .required("UserPoolId", .poolID), .required("ProviderName", IdentityProviderShapes.name),
  ]

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let provider = try request.resource(.identityProvider, "ProviderName", of: try request.pool())
    return ["IdentityProvider": provider.identityProviderJSON]
  }
}

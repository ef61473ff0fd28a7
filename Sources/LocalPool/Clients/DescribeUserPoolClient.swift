import Cognito

/// Shows an app client's settings.
enum DescribeUserPoolClient: PoolOperation {
  static let name = "DescribeUserPoolClient"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    ["UserPoolClient": try request.client().descriptionJSON()]
  }
}

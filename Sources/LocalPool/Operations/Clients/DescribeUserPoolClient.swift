import Cognito

/// Shows an app client's settings.
enum DescribeUserPoolClient: Operation {
  static let name = "DescribeUserPoolClient"
  static let access = OperationAccess.iam
  static let shape: InputShape = [.required("UserPoolId", .poolId), .required("ClientId", .clientId)]

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    ["UserPoolClient": try request.client().descriptionJSON()]
  }
}

import Cognito

/// Shows a resource server.
enum DescribeResourceServer: PoolOperation {
  static let name = "DescribeResourceServer"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let server = try request.resource(.resourceServer, "Identifier", of: try request.pool())
    return ["ResourceServer": server.resourceServerJSON]
  }
}

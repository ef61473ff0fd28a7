import Cognito

/// Shows a group.
enum GetGroup: PoolOperation {
  static let name = "GetGroup"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    ["Group": try request.group(in: try request.pool()).json]
  }
}

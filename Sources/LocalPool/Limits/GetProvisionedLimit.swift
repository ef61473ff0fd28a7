import Cognito

/// Shows how many requests of a category an account may send in a second.
enum GetProvisionedLimit: PoolOperation {
  static let name = "GetProvisionedLimit"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    ProvisionedLimit.json(request.input, try ProvisionedLimit.quota(request.input))
  }
}

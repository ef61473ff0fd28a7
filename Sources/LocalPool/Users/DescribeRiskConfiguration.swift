import Cognito

/// What threat protection does about risks: it isn't here.
enum DescribeRiskConfiguration: PoolOperation {
  static let name = "DescribeRiskConfiguration"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    _ = try request.pool()
    throw PoolException.threatProtectionIsOff
  }
}

import Cognito

/// What threat protection does about risks. It isn't here, and a setting that protects nobody is refused.
enum SetRiskConfiguration: PoolOperation {
  static let name = "SetRiskConfiguration"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    _ = try request.pool()
    throw PoolException.threatProtectionIsOff
  }
}

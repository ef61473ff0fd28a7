import Cognito

/// A user's sign-ins as threat protection saw them. It isn't here: as on a pool of AWS's without it.
enum AdminListUserAuthEvents: PoolOperation {
  static let name = "AdminListUserAuthEvents"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    _ = try request.user(in: try request.pool())
    throw PoolException.threatProtectionIsOff
  }
}

extension PoolException {
  /// What every operation of threat protection answers.
  static let threatProtectionIsOff = Self(
    "UserPoolAddOnNotEnabledException", "Threat protection is not enabled for the user pool.")
}

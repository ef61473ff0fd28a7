import Cognito

/// Says whether a sign-in was the user's own. Threat protection, which this belongs to, isn't here: as on a pool of AWS's
/// without it.
enum UpdateAuthEventFeedback: PoolOperation {
  static let name = "UpdateAuthEventFeedback"
  static let access = OperationAccess.none

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    _ = try request.pool()
    throw PoolException.threatProtectionIsOff
  }
}

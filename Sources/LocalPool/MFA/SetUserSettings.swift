import Cognito

/// Turns codes by SMS on or off for the caller, the old way.
enum SetUserSettings: PoolOperation {
  static let name = "SetUserSettings"
  static let access = OperationAccess.accessToken

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    try request.changeCaller { user, _, _ in try OldMFAOptions.apply(request.input, to: &user) }
    return [:]
  }
}

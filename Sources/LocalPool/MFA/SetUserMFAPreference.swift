import Cognito

/// Switches the caller's second factors on and off, and says which one to ask for.
enum SetUserMFAPreference: PoolOperation {
  static let name = "SetUserMFAPreference"
  static let access = OperationAccess.accessToken

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    try request.changeCaller { user, pool, _ in try MFAPreference.apply(request.input, to: &user, in: pool) }
    return [:]
  }
}

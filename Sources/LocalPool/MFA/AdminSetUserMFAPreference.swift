import Cognito

/// Switches a user's second factors on and off, and says which one to ask for.
enum AdminSetUserMFAPreference: PoolOperation {
  static let name = "AdminSetUserMFAPreference"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let pool = try request.pool()
    try request.changeUser(in: pool) { user, _ in try MFAPreference.apply(request.input, to: &user, in: pool) }
    return [:]
  }
}

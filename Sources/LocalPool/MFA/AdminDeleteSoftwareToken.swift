import Cognito

/// Takes a user's software token away, who lost the phone that it was on: they can set up another one.
enum AdminDeleteSoftwareToken: PoolOperation {
  static let name = "AdminDeleteSoftwareToken"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    try request.changeUser(in: try request.pool()) { user, _ in
      // A key that was given out and not yet verified goes as well: whoever has the phone may have seen it.
      user.mfa.softwareTokenSecret = nil
      user.mfa.pendingSoftwareTokenSecret = nil
      user.mfa.softwareTokenName = nil
      user.mfa.lastSoftwareTokenStep = nil
      user.mfa.softwareTokenEnabled = false
      if user.mfa.preferred == "SOFTWARE_TOKEN_MFA" { user.mfa.preferred = nil }
    }
    return [:]
  }
}

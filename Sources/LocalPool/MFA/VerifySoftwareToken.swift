import Cognito

/// Takes a first code from the app that AssociateSoftwareToken's key went to. From then on the user has a software token;
/// SetUserMFAPreference makes sign-ins ask for it, unless this happened within MFA_SETUP: then they do at once, also when
/// the sign-in under way is given up.
enum VerifySoftwareToken: PoolOperation {
  static let name = "VerifySoftwareToken"
  static let access = OperationAccess.none

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let context = request.context
    let code = try request.input.string("UserCode")
    let name = try request.input.optionalString("FriendlyDeviceName")
    if let session = try request.input.optionalString("Session") {
      return try verify(code, name, MFASetupSession(session, context), context)
    }
    let caller = try AccessTokenReader.caller(token: try request.input.string("AccessToken"), context: context)
    guard caller.pool.settings.allowsSoftwareTokens else { throw SoftwareTokenRefusal.notAllowed }
    try context.store.write { transaction in
      guard var user = try transaction.users.find(id: caller.user.id) else { throw PoolException.userNotFound }
      guard let secret = user.mfa.pendingSoftwareTokenSecret else {
        throw PoolException.invalidParameter("No software token is being set up: call AssociateSoftwareToken first.")
      }
      guard
        let step = SoftwareTokenCheck.acceptedStep(
          code: code, secret: secret, lastStep: nil, now: context.clock.epoch)
      else { throw SoftwareTokenRefusal.wrongCode }
      user.mfa.acceptSoftwareToken(secret, name: name, step: step)
      user.mfa.pendingSoftwareTokenSecret = nil
      try transaction.users.update(user)
    }
    return .object(["Status": "SUCCESS"])
  }

  private static func verify(
    _ code: String, _ name: String?, _ setup: MFASetupSession, _ context: PoolContext
  ) throws -> JSONValue {
    var setup = setup
    guard let secret = setup.state.softwareTokenSecret.flatMap({ Base64.decode($0) }) else {
      throw PoolException.invalidParameter("No software token is being set up: call AssociateSoftwareToken first.")
    }
    guard
      let step = SoftwareTokenCheck.acceptedStep(code: code, secret: secret, lastStep: nil, now: context.clock.epoch)
    else {
      setup.countFailure()
      throw SoftwareTokenRefusal.wrongCode
    }
    setup.state.softwareTokenIsVerified = true
    let userID = setup.state.userID
    let session = try setup.next { transaction in
      guard let userID, var user = try transaction.users.find(id: userID) else { throw PoolException.userNotFound }
      // An older session of somebody who knows only the password must not replace what was set up since.
      guard !user.mfa.hasAny else { throw PoolException.invalidSession }
      user.mfa.acceptSoftwareToken(secret, name: name, step: step)
      user.mfa.softwareTokenEnabled = true
      user.mfa.preferred = ChallengeName.softwareTokenMFA.rawValue
      try transaction.users.update(user)
    }
    return .object(["Status": "SUCCESS", "Session": .string(session)])
  }
}

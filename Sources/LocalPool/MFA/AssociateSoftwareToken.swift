import Cognito

/// Gives a new shared key for an authenticator app, to a signed-in user or within an MFA_SETUP challenge.
enum AssociateSoftwareToken: PoolOperation {
  static let name = "AssociateSoftwareToken"
  static let access = OperationAccess.none

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let context = request.context
    // 32 bytes are the 52 characters that Cognito's keys have.
    let secret = context.random.bytes(32)
    let shown = JSONValue.string(Base32.encode(secret))
    if let session = try request.input.optionalString("Session") {
      var setup = try MFASetupSession(session, context)
      setup.state.softwareTokenSecret = Base64.encode(secret)
      setup.state.softwareTokenIsVerified = false
      return .object(["SecretCode": shown, "Session": .string(try setup.next())])
    }
    let caller = try AccessTokenReader.caller(token: try request.input.string("AccessToken"), context: context)
    guard caller.pool.settings.allowsSoftwareTokens else { throw SoftwareTokenRefusal.notAllowed }
    try context.store.write { transaction in
      guard var user = try transaction.users.find(id: caller.user.id) else { throw PoolException.userNotFound }
      user.mfa.pendingSoftwareTokenSecret = secret
      try transaction.users.update(user)
    }
    return .object(["SecretCode": shown])
  }
}

/// The refusals that both software token operations share.
enum SoftwareTokenRefusal {
  static let notAllowed = PoolException(
    "SoftwareTokenMFANotFoundException", "Software Token MFA has not been enabled by the userpool.")
  static let wrongCode = PoolException("EnableSoftwareTokenMFAException", "Code mismatch")
}

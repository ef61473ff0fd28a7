import Cognito

/// Gives the caller's browser what it needs to make a passkey.
enum StartWebAuthnRegistration: PoolOperation {
  static let name = "StartWebAuthnRegistration"
  static let access = OperationAccess.accessToken

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let caller = try request.requireCaller()
    let context = request.context
    let policy = try PasskeyPolicy(of: caller.pool, context)
    guard policy.isEnabled else { throw PoolException.passkeysNotEnabled }
    guard let relyingParty = policy.relyingParty else { throw PoolException.passkeyConfigurationMissing }
    let existing = try context.store.read { try $0.passkeys.list(of: caller.user.id) }
    guard existing.count < PasskeyPolicy.mostPerUser else { throw PoolException.tooManyPasskeys }
    let challenge = try RegistrationChallenge(caller, context).sealed(context)
    return [
      "CredentialCreationOptions": PasskeyOptions.creation(
        for: caller.user, relyingParty, challenge: challenge, existing: existing)
    ]
  }
}

import Cognito

/// Takes the passkey that the caller's authenticator has made.
enum CompleteWebAuthnRegistration: PoolOperation {
  static let name = "CompleteWebAuthnRegistration"
  static let access = OperationAccess.accessToken

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let caller = try request.requireCaller()
    let context = request.context
    let policy = try PasskeyPolicy(of: caller.pool, context)
    guard policy.isEnabled else { throw PoolException.passkeysNotEnabled }
    // The relying party was taken away since the registration began.
    guard let relyingParty = policy.relyingParty else { throw PoolException.passkeyRelyingPartyMismatch }
    let made: (response: RegistrationResponse, challenge: RegistrationChallenge, credential: PasskeyCredential)
    do {
      let response = try RegistrationResponse(request.input["Credential"] ?? .null)
      let challenge = try RegistrationChallenge.open(response.clientData.challenge, caller, context)
      made = (response, challenge, try relyingParty.register(response))
    } catch let failure as WebAuthnFailure {
      throw PoolException(registration: failure)
    }
    let record = PasskeyRecord(
      poolID: caller.pool.id, userID: caller.user.id, credential: made.credential, relyingPartyID: relyingParty.id,
      name: name(made.response.attachment), attachment: made.response.attachment,
      transports: made.response.transports, createdAt: context.clock.now)
    try context.store.write { transaction in
      try made.challenge.use(made.response.clientData.challenge, transaction)
      guard try transaction.passkeys.count(of: caller.user.id) < PasskeyPolicy.mostPerUser else {
        throw PoolException.tooManyPasskeys
      }
      guard try transaction.passkeys.insert(record) else {
        throw PoolException.invalidParameter("The credential is already registered in this user pool.")
      }
    }
    return [:]
  }

  /// A name for people; Cognito calls a security key's "Roaming passkey".
  private static func name(_ attachment: String?) -> String {
    switch attachment {
    case "platform": "Platform passkey"
    case "cross-platform": "Roaming passkey"
    default: "Passkey"
    }
  }
}

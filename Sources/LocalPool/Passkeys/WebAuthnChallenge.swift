import Cognito

/// WEB_AUTHN: a passkey signs a challenge.
enum WebAuthnChallenge: ChallengeAnswer {
  static func ask(_ turn: inout SignInTurn) throws -> JSONValue {
    var parameters = try options(&turn)
    parameters["USER_ID_FOR_SRP"] = .string(turn.state.username)
    return try turn.challenge(.webAuthn, parameters)
  }

  /// `CREDENTIAL_REQUEST_OPTIONS` with a new challenge, which the state then waits for.
  static func options(_ turn: inout SignInTurn) throws -> [String: JSONValue] {
    guard let relyingParty = try PasskeyPolicy(of: turn.pool, turn.context).relyingParty else {
      throw PoolException.passkeyConfigurationMissing
    }
    let challenge = turn.context.random.bytes(32)
    turn.state.webAuthnChallenge = Base64.encode(challenge)
    let options = PasskeyOptions.request(
      relyingParty, challenge: challenge, credentials: try PasskeyOffer.credentials(turn),
      seconds: turn.client.settings.authSessionSeconds)
    return ["CREDENTIAL_REQUEST_OPTIONS": .string(String(decoding: options.serialized(), as: UTF8.self))]
  }

  static func answer(_ turn: inout SignInTurn) throws -> SignInOutcome {
    let response = try response(try turn.response("CREDENTIAL"))
    let policy = try PasskeyPolicy(of: turn.pool, turn.context)
    guard
      policy.isEnabled, let relyingParty = policy.relyingParty,
      let challenge = turn.state.webAuthnChallenge.flatMap({ Base64.decode($0) }),
      let known = try PasskeyOffer.credential(response.id, turn),
      let (credential, isUserVerified) = try? relyingParty.authenticate(
        response, challenge: challenge, credential: known, userHandle: turn.user?.passkeyHandle ?? []),
      let user = turn.user
    else {
      turn.countFailure()
      throw PoolException.incorrectPassword
    }
    turn.state.webAuthnChallenge = nil
    turn.state.methods.append(
      try PasskeyOffer.isRoaming(response.id, of: user, turn) ? .roamingPasskey : .platformPasskey)
    turn.state.satisfiesMFA = isUserVerified && policy.satisfiesMFA(user)
    let now = turn.context.clock.now
    turn.writes.append { transaction in
      guard try transaction.passkeys.use(credential, of: user.id, at: now) else {
        throw PoolException.incorrectPassword
      }
    }
    return .passed(.firstFactor)
  }

  private static func response(_ text: String) throws -> AuthenticationResponse {
    guard let json = try? JSONValue.parse(Array(text.utf8), maximumDepth: 8) else {
      throw PoolException.invalidParameter("CREDENTIAL is not an AuthenticationResponseJSON.")
    }
    do {
      return try AuthenticationResponse(json)
    } catch {
      throw PoolException(registration: error)
    }
  }
}

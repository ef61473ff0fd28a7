import Cognito

/// Signing in straight after signing up: ConfirmSignUp answers the right code with a session that InitiateAuth (USER_AUTH)
/// takes in place of a first factor. SignUp's own session may be shown to it, and must be right then.
package enum AutoSignIn {
  /// What SignUp answers with; nil when the client doesn't allow USER_AUTH.
  package static func begun(_ user: UserRecord, _ client: ClientRecord, _ context: PoolContext) throws -> String? {
    guard client.settings.allows(flow: AuthFlow.userAuth.permission) else { return nil }
    return try session(user, client, as: .signUp, context)
  }

  /// What ConfirmSignUp answers with; nil when the client doesn't allow USER_AUTH, or what was shown is no session of this
  /// user's sign-up.
  package static func confirmed(
    _ shown: String?, _ user: UserRecord, _ client: ClientRecord, _ context: PoolContext
  ) throws -> String? {
    guard client.settings.allows(flow: AuthFlow.userAuth.permission) else { return nil }
    if let shown {
      guard let state = Base64.decodeURL(shown).flatMap({ SignInState.open($0, as: .signUp, context) }),
        state.userID == user.id, state.clientID == client.id, state.expires > context.clock.epoch
      else { return nil }
    }
    let method: AuthenticationMethod = user["email_verified"] == "true" ? .email : .sms
    return try session(user, client, as: .confirmedSignUp, methods: [method], context)
  }

  /// The state behind a session that is shown to InitiateAuth.
  static func state(
    _ shown: String, of user: UserRecord?, _ client: ClientRecord, _ context: PoolContext
  ) throws -> SignInState {
    guard
      let state = Base64.decodeURL(shown).flatMap({ SignInState.open($0, as: .confirmedSignUp, context) }),
      let user, state.userID == user.id, state.clientID == client.id
    else { throw PoolException.invalidSession }
    guard state.expires > context.clock.epoch else { throw PoolException.expiredSession }
    return state
  }

  private static func session(
    _ user: UserRecord, _ client: ClientRecord, as carrier: SignInState.Carrier,
    methods: [AuthenticationMethod] = [], _ context: PoolContext
  ) throws -> String {
    var state = SignInState(
      challenge: .selectChallenge, id: Base64.encodeURL(context.random.bytes(16)), poolID: user.poolID,
      clientID: client.id, username: user.username, userID: user.id, flow: .userAuth)
    state.methods = methods
    state.expires = context.clock.epoch + Int64(client.settings.authSessionSeconds)
    return Base64.encodeURL(try state.sealed(as: carrier, context))
  }
}

import Cognito

/// To whom a sign-in offers WEB_AUTHN, and with which credentials. Users who don't exist look like users who do: half of them
/// have a passkey, the same one every time.
enum PasskeyOffer {
  /// - Parameter needsTwo: whether a second factor is due, which a passkey must then stand for as well.
  static func isDue(_ turn: SignInTurn, needsTwo: Bool) throws -> Bool {
    let policy = try PasskeyPolicy(of: turn.pool, turn.context)
    guard policy.isEnabled, policy.relyingParty != nil else { return false }
    guard let user = turn.user else {
      return (!needsTwo || policy.isMultiFactor)
        && turn.context.simulation.passkeyId(poolId: turn.pool.id, userId: turn.state.username) != nil
    }
    guard !needsTwo || policy.satisfiesMFA(user) else { return false }
    return try !policy.usable(by: user, turn.context).isEmpty
  }

  /// `allowCredentials`.
  static func credentials(_ turn: SignInTurn) throws -> [JSONValue] {
    guard let user = turn.user else {
      let id = turn.context.simulation.passkeyId(poolId: turn.pool.id, userId: turn.state.username)
      return id.map { [PasskeyOptions.descriptor($0, transports: ["hybrid", "internal"])] } ?? []
    }
    return try PasskeyPolicy(of: turn.pool, turn.context).usable(by: user, turn.context)
      .map { PasskeyOptions.descriptor($0.credential.id, transports: $0.transports) }
  }
}

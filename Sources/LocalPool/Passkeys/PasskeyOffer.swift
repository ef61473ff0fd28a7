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
        && turn.context.simulation.passkeyID(poolID: turn.pool.id, userID: turn.state.username) != nil
    }
    guard !needsTwo || policy.satisfiesMFA(user) else { return false }
    return try !policy.usable(by: user, turn.context).isEmpty
  }

  /// The user's credential of this id. That of a user who doesn't exist is checked like any other, so that the time it takes
  /// tells nothing; what comes of it doesn't count.
  static func credential(_ id: [UInt8], _ turn: SignInTurn) throws -> PasskeyCredential? {
    if let user = turn.user {
      return try turn.context.store.read { try $0.passkeys.find(id, of: user.id)?.credential }
    }
    guard id == turn.context.simulation.passkeyID(poolID: turn.pool.id, userID: turn.state.username) else { return nil }
    return PasskeyCredential(
      id: id, publicKey: inventedKey, signCount: 0, isBackupEligible: false, isBackedUp: false)
  }

  /// Whether a credential is a security key's. Authenticators that didn't say are taken for the device's own.
  static func isRoaming(_ id: [UInt8], of user: UserRecord, _ turn: SignInTurn) throws -> Bool {
    try turn.context.store.read { try $0.passkeys.find(id, of: user.id)?.attachment } == "cross-platform"
  }

  /// The base point of P-256 in COSE's form: a key as good as any where nobody's signature counts.
  private static let inventedKey =
    [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]
    + (Hex.decode("6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296") ?? []) + [0x22, 0x58, 0x20]
    + (Hex.decode("4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5") ?? [])

  /// `allowCredentials`.
  static func credentials(_ turn: SignInTurn) throws -> [JSONValue] {
    guard let user = turn.user else {
      let id = turn.context.simulation.passkeyID(poolID: turn.pool.id, userID: turn.state.username)
      return id.map { [PasskeyOptions.descriptor($0, transports: ["hybrid", "internal"])] } ?? []
    }
    return try PasskeyPolicy(of: turn.pool, turn.context).usable(by: user, turn.context)
      .map { PasskeyOptions.descriptor($0.credential.id, transports: $0.transports) }
  }
}

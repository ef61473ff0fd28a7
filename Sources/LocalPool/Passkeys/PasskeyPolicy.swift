import Cognito

/// What a pool does with passkeys.
package struct PasskeyPolicy: Sendable {
  /// Whether the sign-in policy names them.
  package let isEnabled: Bool
  /// Nil for a pool that names none and has no domain.
  package let relyingParty: RelyingParty?
  /// Whether a passkey with user verification can stand for both factors.
  package let isMultiFactor: Bool

  /// - Parameter transaction: a pool without a relying party of its own has its domain as one.
  package init<Access>(of pool: PoolRecord, _ transaction: Transaction<Access>) throws {
    let settings = pool.settings.webAuthnConfiguration
    isEnabled = pool.settings.allowedFirstFactors.contains("WEB_AUTHN")
    isMultiFactor = pool.settings.passkeysCanBeMultiFactor
    let id = try settings?.relyingPartyID ?? Self.domain(of: pool, transaction)
    let mustVerify = settings?.userVerification == "required" || isMultiFactor
    relyingParty = id.map { RelyingParty(id: $0, requiresUserVerification: mustVerify) }
  }

  package init(of pool: PoolRecord, _ context: PoolContext) throws {
    self = try context.store.read { try PasskeyPolicy(of: pool, $0) }
  }

  /// Most passkeys of a user (Cognito's quota).
  static let mostPerUser = 20

  /// A prefix is a host under the service's domain, as AWS makes it; a name with dots is the pool's owner's.
  private static func domain<Access>(of pool: PoolRecord, _ transaction: Transaction<Access>) throws -> String? {
    guard let name = try transaction.resources.list(.domain, pool: pool.id, limit: 1).first?.name else { return nil }
    return name.contains(".") ? name : "\(name).auth.\(pool.region).amazoncognito.com"
  }

  /// Whether this user can sign in with a passkey when a second factor is due to them.
  func satisfiesMFA(_ user: UserRecord) -> Bool { isMultiFactor && user.mfa.passkeyEnabled == true }

  /// The passkeys that the user can sign in with: those of the present relying party.
  func usable(by user: UserRecord, _ context: PoolContext) throws -> [PasskeyRecord] {
    guard isEnabled, let relyingParty else { return [] }
    return try context.store.read { try $0.passkeys.list(of: user.id) }.filter { $0.relyingPartyID == relyingParty.id }
  }
}

extension PoolSettings {
  /// What users may begin a sign-in with; passwords alone if nothing is set.
  var allowedFirstFactors: [String] { policies?.signInPolicy?.allowedFirstAuthFactors ?? ["PASSWORD"] }
  var passkeysCanBeMultiFactor: Bool {
    webAuthnConfiguration?.factorConfiguration == "MULTI_FACTOR_WITH_USER_VERIFICATION"
  }
}

extension UserRecord {
  /// What authenticators get as the user's id.
  var passkeyHandle: [UInt8] { Array(sub.utf8) }
}

import Cognito
import FoundationEssentials

/// A session of the MFA_SETUP challenge, which the two software token operations take and renew.
struct MFASetupSession {
  var state: SignInState
  private let answered: SignInState
  private let context: PoolContext

  init(_ session: String, _ context: PoolContext) throws {
    guard
      let state = Base64.decodeURL(session).flatMap({ SignInState.open($0, as: .session, context) }),
      state.challenge == .mfaSetup
    else { throw PoolException.invalidSession }
    guard state.expires > context.clock.epoch else { throw PoolException.expiredSession }
    let failures = context.attempts.failures("session/" + state.id, now: context.clock.seconds).count
    guard failures < RespondToChallengeFlow.failuresPerSession else { throw PoolException.invalidSession }
    self.state = state
    answered = state
    self.context = context
  }

  /// Uses the session up and gives the next one; what else changes does so in the same transaction.
  mutating func next(_ more: ((Transaction<ReadWrite>) throws -> Void)? = nil) throws -> String {
    let (client, _) = try context.client(state.clientID)
    state.id = Base64.encodeURL(context.random.bytes(16))
    state.expires = context.clock.epoch + Int64(client.settings.authSessionSeconds)
    let expires = Date(timeIntervalSince1970: Double(answered.expires))
    let isFirst = try context.store.write { transaction in
      guard try transaction.sessions.use(Array(answered.id.utf8), expiresAt: expires) else { return false }
      try more?(transaction)
      return true
    }
    guard isFirst else {
      throw PoolException.notAuthorized("Invalid session for the user, session can only be used once.")
    }
    return Base64.encodeURL(try state.sealed(as: .session, context))
  }

  func countFailure() {
    context.attempts.fail("session/" + answered.id, expires: Double(answered.expires), now: context.clock.seconds)
  }
}

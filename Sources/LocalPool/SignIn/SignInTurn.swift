import Cognito
import FoundationEssentials

/// One call of a sign-in: where it stands, and what it will write once it is answered.
struct SignInTurn {
  let request: OperationRequest
  let pool: PoolRecord
  let client: ClientRecord
  /// ClientMetadata of InitiateAuth, which only the triggers before a sign-in get, as their validationData (AWS:
  /// InitiateAuth, ClientMetadata).
  var validationData: [String: String] = [:]
  /// ClientMetadata of RespondToAuthChallenge, which the other triggers get.
  let metadata: [String: String]
  let isAdmin: Bool
  /// The state that the client answers; nil in the first call.
  let answered: SignInState?
  /// Where the sign-in stands now.
  var state: SignInState
  /// Nil for a simulated user.
  var user: UserRecord?
  /// ChallengeResponses, or AuthParameters in the first call.
  let responses: [String: String]
  /// Written in the same transaction that uses the answered state up.
  var writes: [(Transaction<ReadWrite>) throws -> Void] = []

  var context: PoolContext { request.context }

  /// The user, where a simulated one can't have come.
  func requireUser() throws -> UserRecord {
    guard let user else { throw PoolException.incorrectPassword }
    return user
  }

  func response(_ name: String) throws -> String {
    guard let value = responses[name], !value.isEmpty else {
      throw PoolException.invalidParameter("Missing required parameter \(name)")
    }
    return value
  }

  /// Commits what this call has decided, and uses the answered state up: somebody who answered it before wins.
  func commit(_ more: ((Transaction<ReadWrite>) throws -> Void)? = nil) throws {
    guard answered != nil || !writes.isEmpty || more != nil else { return }
    try context.store.write { transaction in
      if let answered {
        let expires = Date(timeIntervalSince1970: Double(answered.expires))
        guard try transaction.sessions.use(Array(answered.id.utf8), expiresAt: expires) else {
          throw PoolException.notAuthorized("Invalid session for the user, session can only be used once.")
        }
      }
      for write in writes { try write(transaction) }
      try more?(transaction)
    }
  }

  /// Counts a wrong answer to a state that may be answered again.
  func countFailure() {
    guard let answered else { return }
    context.attempts.fail("session/" + answered.id, expires: Double(answered.expires), now: context.clock.seconds)
  }
}

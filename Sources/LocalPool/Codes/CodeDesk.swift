import Cognito
import FoundationEssentials

/// Gives out the codes that prove who reads an address, and takes them back: each good for one use and a limited time, void
/// after a few wrong guesses, and limited per user and hour.
package enum CodeDesk {
  /// A day, as AWS, for sign-up and attributes; an hour for a forgotten password.
  private static func lifetime(_ purpose: CodePurpose) -> Double { purpose == .forgotPassword ? 3600 : 86_400 }

  /// Wrong guesses after which a code is void: far fewer than it takes to guess one of a million.
  static let mostFailures = 5

  /// Makes a new code, which voids an older one, and sends it.
  ///
  /// - Parameter limit: how many in an hour; nil: no limit (an administrator asks).
  /// - Throws: LimitExceededException.
  package static func send(
    _ purpose: CodePurpose, _ kind: MessageKind, to delivery: CodeDestination, subject: String = "", user: UserRecord,
    pool: PoolRecord, clientID: String = "CLIENT_ID_NOT_APPLICABLE", metadata: [String: String] = [:],
    limit: Int? = nil,
    context: PoolContext
  ) throws {
    let now = context.clock.now
    let code = context.random.code()
    try context.store.write { transaction in
      if let limit {
        let count = try transaction.codes.countAttempt(user: user.id, kind: "send-\(purpose.rawValue)", at: now)
        guard count <= limit else { throw PoolException.limitExceeded }
      }
      try transaction.codes.save(
        CodeRecord(
          userID: user.id, purpose: purpose, subject: subject, code: code,
          destination: delivery.destination, createdAt: now,
          expiresAt: now.addingTimeInterval(lifetime(purpose))))
    }
    try MessageComposer.send(
      kind, code: code, to: delivery, user: user, pool: pool, clientID: clientID, metadata: metadata, context: context)
  }

  /// Whether this is the code; what a wrong one costs is written even though the caller's own transaction doesn't happen.
  ///
  /// - Parameter limit: guesses in an hour, right or wrong.
  /// - Returns: the right code's record. It isn't used up yet: see `use`.
  /// - Throws: CodeMismatchException, ExpiredCodeException, LimitExceededException.
  package static func check(
    _ code: String, _ purpose: CodePurpose, subject: String = "", user: UserRecord, limit: Int, context: PoolContext
  ) throws -> CodeRecord {
    let now = context.clock.now
    // The refusal is returned, not thrown, out of the transaction: its counters must be kept.
    let outcome: Result<CodeRecord, PoolException> = try context.store.write { transaction in
      let count = try transaction.codes.countAttempt(user: user.id, kind: "check-\(purpose.rawValue)", at: now)
      guard count <= limit else { return .failure(.limitExceeded) }
      guard var stored = try transaction.codes.find(user: user.id, purpose: purpose, subject: subject),
        stored.expiresAt > now, stored.failures < mostFailures
      else { return .failure(.expiredCode()) }
      guard constantTimeEquals(Array(stored.code.utf8), Array(code.utf8)) else {
        stored.failures += 1
        try transaction.codes.save(stored)
        return .failure(.codeMismatch())
      }
      return .success(stored)
    }
    return try outcome.get()
  }

  /// Uses a code up, in the transaction that does what the code was for.
  /// - Throws: ExpiredCodeException when somebody else has just used it.
  package static func use(_ code: CodeRecord, _ transaction: Transaction<ReadWrite>) throws {
    guard let stored = try transaction.codes.find(user: code.userID, purpose: code.purpose, subject: code.subject),
      stored.code == code.code, stored.createdAt == code.createdAt
    else { throw PoolException.expiredCode() }
    try transaction.codes.delete(user: code.userID, purpose: code.purpose, subject: code.subject)
  }
}

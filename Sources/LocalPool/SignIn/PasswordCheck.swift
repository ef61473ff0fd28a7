import Cognito
import FoundationEssentials

/// What right and wrong passwords do to the doubling lock, for users who exist and for those who don't.
enum PasswordCheck {
  /// Throws "Password attempts exceeded" while the lock is on.
  static func requireUnlocked(_ turn: SignInTurn) throws {
    let now = turn.context.clock.now
    guard !lockout(turn).isLocked(at: now) else { throw ServiceError.attemptsExceeded }
  }

  /// Counts a wrong password and gives the error to answer with.
  static func failed(_ turn: SignInTurn) throws -> ServiceError {
    let now = turn.context.clock.now
    guard let user = turn.user else {
      turn.context.attempts.fail(
        ledgerName(turn), expires: now.timeIntervalSince1970 + Lockout.quietTime, now: now.timeIntervalSince1970)
      return .incorrectPassword
    }
    try turn.context.store.write { transaction in
      // Read again inside: two wrong passwords at once count twice.
      let present = try transaction.users.find(id: user.id)?.lockout ?? .none
      try transaction.users.setLockout(present.afterFailure(at: now), of: user.id)
    }
    return .incorrectPassword
  }

  private static func lockout(_ turn: SignInTurn) -> Lockout {
    if let user = turn.user { return user.lockout }
    let (failures, lastAt) = turn.context.attempts.failures(ledgerName(turn), now: turn.context.clock.seconds)
    guard failures > 0 else { return .none }
    let last = Date(timeIntervalSince1970: lastAt)
    return Lockout(failures: failures - 1, lastFailureAt: last, lockedUntil: nil).afterFailure(at: last)
  }

  private static func ledgerName(_ turn: SignInTurn) -> String {
    "password/\(turn.pool.id)/\(turn.state.username)"
  }
}

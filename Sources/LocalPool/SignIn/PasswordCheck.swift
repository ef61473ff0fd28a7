import Cognito
import FoundationEssentials

/// What right and wrong passwords do to the doubling lock, for users who exist and for those who don't.
enum PasswordCheck {
  /// Throws "Password attempts exceeded" while the lock is on.
  static func requireUnlocked(_ turn: SignInTurn) throws {
    let now = turn.context.clock.now
    guard try !lockout(turn).isLocked(at: now) else { throw PoolException.attemptsExceeded }
  }

  /// Who hasn't confirmed their account hears so whatever the password, as on AWS. Not on the pages: there the code of the
  /// account, entered next, signs in at once, and must not do so for somebody who doesn't know the password.
  static func requireConfirmed(_ turn: SignInTurn) throws {
    guard turn.state.isHosted || turn.user?.status != .unconfirmed else { throw PoolException.userNotConfirmed }
  }

  /// Counts a wrong password and gives the error to answer with.
  static func failed(_ turn: SignInTurn) throws -> PoolException {
    let now = turn.context.clock.now
    guard let user = turn.user else {
      try Strangers.failPassword(turn.state.username, turn.context)
      return .incorrectPassword
    }
    try turn.context.store.write { transaction in
      // Read again inside: two wrong passwords at once count twice.
      let present = try transaction.users.find(id: user.id)?.lockout ?? .none
      try transaction.users.setLockout(present.afterFailure(at: now), of: user.id)
    }
    return .incorrectPassword
  }

  private static func lockout(_ turn: SignInTurn) throws -> Lockout {
    try turn.user?.lockout ?? Strangers.lockout(turn.state.username, turn.context)
  }
}

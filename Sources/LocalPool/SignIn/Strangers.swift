import Cognito
import FoundationEssentials

/// Limits and locks for users who don't exist, the same as for those who do, at the same cost (one transaction that writes):
/// neither an answer nor the time it takes tells a client which of them exist.
enum Strangers {
  private static let password = "password"

  /// - Parameter id: what `UserSimulation.userID` gives.
  static func lockout(_ id: String, _ context: PoolContext) throws -> Lockout {
    try context.store.read { lockout(try $0.strangers.find(id, kind: password)) }
  }

  /// Counts a wrong password.
  static func failPassword(_ id: String, _ context: PoolContext) throws {
    let now = context.clock.now
    try context.store.write { transaction in
      let next = lockout(try transaction.strangers.find(id, kind: password)).afterFailure(at: now)
      try transaction.strangers.save(id, kind: password, count: next.failures, since: now)
    }
  }

  /// Counts a code that would have been sent.
  /// - Throws: LimitExceededException.
  static func send(_ purpose: CodePurpose, _ id: String, limit: Int, _ context: PoolContext) throws {
    try context.store.write { transaction in
      let count = try count(id, "send-\(purpose.rawValue)", transaction, context)
      guard count <= limit else { throw PoolException.limitExceeded }
      try transaction.strangers.delete(id, kind: "wrong-\(purpose.rawValue)")
    }
  }

  /// Counts a code that can't be right, and says how it is refused.
  /// - Parameter refusal: as long as the code that was never sent wouldn't have been void.
  static func check(
    _ purpose: CodePurpose, _ id: String, limit: Int, refusal: PoolException, _ context: PoolContext
  ) throws -> PoolException {
    try context.store.write { transaction in
      let attempts = try count(id, "check-\(purpose.rawValue)", transaction, context)
      guard attempts <= limit else { return .limitExceeded }
      let wrong = try count(id, "wrong-\(purpose.rawValue)", transaction, context)
      return wrong > CodeDesk.mostFailures ? .expiredCode() : refusal
    }
  }

  /// Counts within an hour from the first.
  private static func count(
    _ id: String, _ kind: String, _ transaction: Transaction<ReadWrite>, _ context: PoolContext
  ) throws -> Int {
    let now = context.clock.now
    let found = try transaction.strangers.find(id, kind: kind)
    let present = found.flatMap { now.timeIntervalSince($0.since) < 3600 ? $0 : nil }
    let count = (present?.count ?? 0) + 1
    try transaction.strangers.save(id, kind: kind, count: count, since: present?.since ?? now)
    return count
  }

  private static func lockout(_ row: (count: Int, since: Date)?) -> Lockout {
    guard let row, row.count > 0 else { return .none }
    return Lockout(failures: row.count - 1, lastFailureAt: row.since, lockedUntil: nil).afterFailure(at: row.since)
  }
}

import FoundationEssentials

/// The doubling lock: after five wrong passwords, 2^(n-5) seconds for n of them, up to a quarter of an hour. What is tried
/// during a lock isn't looked at, and doesn't count. A success, or a quarter of an hour without an attempt, resets it.
extension Lockout {
  static let failuresBeforeLock = 5
  static let longestLock: Double = 900
  static let quietTime: Double = 900

  func isLocked(at now: Date) -> Bool {
    lockedUntil.map { $0 > now } ?? false
  }

  func afterFailure(at now: Date) -> Lockout {
    let isQuiet = lastFailureAt.map { now.timeIntervalSince($0) >= Self.quietTime } ?? true
    let failures = (isQuiet ? 0 : self.failures) + 1
    let excess = failures - Self.failuresBeforeLock
    // 2^10 s is beyond the longest lock already.
    let lock = excess < 0 ? nil : min(Self.longestLock, Double(1 << min(excess, 10)))
    return Lockout(failures: failures, lastFailureAt: now, lockedUntil: lock.map { now.addingTimeInterval($0) })
  }
}

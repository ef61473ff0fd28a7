import Cognito
import LoginProtocol

/// The tokens of logins until their owner's collector has stored them. Memory only.
///
/// One for each uid: a new login replaces an older one that nobody collected.
package actor Leases {
  package struct Lease: Sendable {
    package let id: LeaseID
    package let owner: LoginName
    package let tokens: LoginTokens
    package let since: Int64
  }

  private let clock: UnixClock
  private let capacity: Int
  /// How long tokens wait for a session to begin, in seconds.
  private let patience: Int64
  private var leases: [UInt32: Lease] = [:]
  private var sessions: [UInt32: Int] = [:]

  package init(clock: UnixClock, capacity: Int = 1000, patience: Int64 = 600) {
    self.clock = clock
    self.capacity = capacity
    self.patience = patience
  }

  /// Keeps a login's tokens for `uid`.
  ///
  /// - Returns: the lease, and one that it replaced. No lease when there are too many: the login stands, but its tokens
  ///   are to be ended.
  package func put(_ tokens: LoginTokens, of owner: LoginName, uid: UInt32) -> (lease: Lease?, replaced: Lease?) {
    guard leases[uid] != nil || leases.count < capacity, let id = LeaseID(Base64.encodeURL(SecureRandom.bytes(24)))
    else { return (nil, nil) }
    let lease = Lease(id: id, owner: owner, tokens: tokens, since: clock.now)
    let replaced = leases.updateValue(lease, forKey: uid)
    return (lease, replaced)
  }

  /// What `uid` may collect. It stays until `stored`: a collector that dies on the way finds it again.
  package func lease(of uid: UInt32) -> Lease? { leases[uid] }

  /// The owner has the tokens: they are forgotten.
  ///
  /// - Returns: false when this isn't the uid's lease (any more).
  package func stored(_ id: LeaseID, by uid: UInt32) -> Bool {
    guard let lease = leases[uid], lease.id == id else { return false }
    leases[uid] = nil
    return true
  }

  /// Takes the lease away, for a sign-out or a login that failed at the end.
  package func drop(uid: UInt32) -> Lease? { leases.removeValue(forKey: uid) }

  /// Takes one lease away if it is still that one.
  package func drop(_ id: LeaseID, uid: UInt32) -> Lease? {
    guard leases[uid]?.id == id else { return nil }
    return leases.removeValue(forKey: uid)
  }

  package func sessionOpened(uid: UInt32) { sessions[uid, default: 0] += 1 }

  /// - Returns: the lease that nobody collected, when this was the last session.
  package func sessionClosed(uid: UInt32) -> Lease? {
    let left = max(0, (sessions[uid] ?? 0) - 1)
    sessions[uid] = left == 0 ? nil : left
    return left == 0 ? leases.removeValue(forKey: uid) : nil
  }

  /// Takes away what no session ever came for.
  package func expired() -> [Lease] {
    let old = leases.filter { sessions[$0.key] == nil && clock.now - $0.value.since > patience }
    for uid in old.keys { leases[uid] = nil }
    return Array(old.values)
  }

  package var count: Int { leases.count }
  package var sessionCount: Int { sessions.values.reduce(0, +) }
}

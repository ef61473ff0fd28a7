import Cognito
import LoginProtocol

/// The tokens of logins until their owner's collector has stored them, or their last session has ended. Memory only.
///
/// One for each uid: a new login replaces an older one that nobody collected.
package actor Leases {
  package struct Lease: Sendable {
    package let id: LeaseID
    package let owner: LoginName
    package let tokens: LoginTokens
    /// The program that signed the person in.
    let service: String
    /// By the boot's clock.
    let since: Int64
    /// Whether the session that the person signed in for has begun.
    var hasSession = false
  }

  /// How long a lease lasts that no session ends, in seconds.
  package struct Times: Sendable {
    /// Until a session begins.
    package var patience: Int64 = 600
    /// Where no logind counts sessions.
    package var longest: Int64 = 12 * 3600

    package init() {}
  }

  private let clock: BootClock
  private let logind: LogindSessions
  private let capacity: Int
  private let times: Times
  private var opened: OpenedSessions
  private var leases: [UInt32: Lease] = [:]

  package init(
    clock: BootClock = .system, logind: LogindSessions = LogindSessions(),
    isRunning: @escaping @Sendable (Int32) -> Bool = OpenedSessions.isRunning, capacity: Int = 1000,
    times: Times = Times()
  ) {
    self.clock = clock
    self.logind = logind
    self.capacity = capacity
    self.times = times
    opened = OpenedSessions(isRunning: isRunning)
  }

  /// Keeps a login's tokens for `uid`.
  ///
  /// - Parameter service: the program that asked for the login, and will open a session for it.
  /// - Returns: the lease, and one that it replaced. No lease when there are too many: the login stands, but its tokens
  ///   are to be ended.
  package func put(
    _ tokens: LoginTokens, of owner: LoginName, uid: UInt32, service: String
  ) -> (lease: Lease?, replaced: Lease?) {
    guard leases[uid] != nil || leases.count < capacity, let id = LeaseID(Base64.encodeURL(SecureRandom.bytes(24)))
    else { return (nil, nil) }
    let lease = Lease(id: id, owner: owner, tokens: tokens, service: service, since: clock.now)
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

  /// Takes all of them away.
  package func dropAll() -> [Lease] {
    defer { leases = [:] }
    return Array(leases.values)
  }

  package var count: Int { leases.count }

  /// By uid: the program that signed somebody in whose tokens nobody has collected, and how long ago.
  package var waiting: [UInt32: (service: String, seconds: Int64)] {
    leases.mapValues { ($0.service, clock.now - $0.since) }
  }

  // Sessions

  /// - Parameter process: who opened it.
  package func sessionOpened(uid: UInt32, by process: Int32, service: String) {
    guard !Self.managers.contains(service) else { return }
    opened.open(uid: uid, by: process)
    // Not any session: a cron job that ends while somebody is on their way in must not end their tokens.
    if leases[uid]?.service == service { leases[uid]?.hasSession = true }
  }

  /// - Returns: the lease that nobody collected, when this was the last session.
  package func sessionClosed(uid: UInt32, by process: Int32, service: String) -> Lease? {
    guard !Self.managers.contains(service) else { return nil }
    opened.close(uid: uid, by: process)
    // logind hears of this end only after us.
    guard let lease = leases[uid], isOver(lease, uid: uid, except: process) else { return nil }
    return leases.removeValue(forKey: uid)
  }

  /// Takes away the leases whose last session has ended without a word to us, and what no session ever came for.
  package func expired() -> [Lease] {
    var old: [Lease] = []
    for (uid, lease) in leases where isOver(lease, uid: uid) {
      leases[uid] = nil
      old.append(lease)
    }
    return old
  }

  /// How many sessions everybody has that has any.
  package var sessions: [UInt32: Int] {
    let uids = Set(opened.uids + logind.uids)
    return Dictionary(uniqueKeysWithValues: uids.map { ($0, openSessions(of: $0) ?? 0) }).filter { $0.value > 0 }
  }

  private func isOver(_ lease: Lease, uid: UInt32, except process: Int32? = nil) -> Bool {
    let age = clock.now - lease.since
    if openSessions(of: uid, except: process) == 0 { return lease.hasSession || age > times.patience }
    return !logind.isThere && age > times.longest
  }

  /// - Parameter process: whose sessions are ending.
  /// - Returns: nil when nobody can tell.
  private func openSessions(of uid: UInt32, except process: Int32? = nil) -> Int? {
    let ours = opened.open(of: uid)
    let count = ours.values.reduce(0, +)
    guard logind.isThere else { return count }
    // su opens none at logind; what was opened before we started is known to logind alone.
    return logind.sessions(of: uid).map { known in
      count + known.count { $0.leader.map { $0 != process && ours[$0] == nil } ?? true }
    }
  }

  /// Programs that open a "session" with nobody in it, and don't always close it: the person's service manager, which
  /// starts with their first session, and with lingering at boot.
  private static let managers: Set<String> = ["systemd-user"]
}

import Glibc

/// Sessions that a PAM hook opened, by the process that opened each: sshd, login, su and greeters stay until their session
/// ends. So one is over when it is closed, or when that process is gone, whoever closes it or forgets to.
package struct OpenedSessions {
  private struct Key: Hashable {
    let uid: UInt32
    let process: Int32
  }

  private let isRunning: @Sendable (Int32) -> Bool
  private var counts: [Key: Int] = [:]

  init(isRunning: @escaping @Sendable (Int32) -> Bool) { self.isRunning = isRunning }

  /// A process of another pid namespace has no number here: its sessions can't be followed.
  mutating func open(uid: UInt32, by process: Int32) {
    guard process > 0 else { return }
    counts[Key(uid: uid, process: process), default: 0] += 1
  }

  /// A process that opened none closes none: its session was opened before the daemon started, or by another process, which
  /// will be found gone.
  mutating func close(uid: UInt32, by process: Int32) {
    let key = Key(uid: uid, process: process)
    guard let count = counts[key] else { return }
    counts[key] = count > 1 ? count - 1 : nil
  }

  /// How many sessions each process has open for `uid`.
  mutating func open(of uid: UInt32) -> [Int32: Int] {
    forgetGone()
    return Dictionary(
      counts.filter { $0.key.uid == uid }.map { ($0.key.process, $0.value) }, uniquingKeysWith: { first, _ in first })
  }

  var uids: [UInt32] {
    mutating get {
      forgetGone()
      return counts.keys.map(\.uid)
    }
  }

  private mutating func forgetGone() { counts = counts.filter { isRunning($0.key.process) } }

  /// Whether there is such a process, whoever's it is. Only the kernel's word that there is none counts as that: a policy
  /// that forbids the question must not end sessions.
  package static let isRunning: @Sendable (Int32) -> Bool = { kill($0, 0) == 0 || errno != ESRCH }
}

import Synchronization

/// Counts connections. When there are too many, new ones are closed unheard: never is a check left out to make room.
final class Admission: Sendable {
  private struct Counts {
    var all = 0
    var byUID: [UInt32: Int] = [:]
  }

  private let limits: ConnectionLimits
  private let counts = Mutex(Counts())

  init(_ limits: ConnectionLimits) { self.limits = limits }

  func enter(_ peer: Peer) -> Bool {
    counts.withLock { counts in
      guard counts.all < limits.connections else { return false }
      if !peer.isRoot {
        guard counts.all - (counts.byUID[0] ?? 0) < limits.ordinary else { return false }
        guard (counts.byUID[peer.uid] ?? 0) < limits.perUID else { return false }
      }
      counts.all += 1
      counts.byUID[peer.uid, default: 0] += 1
      return true
    }
  }

  func leave(_ peer: Peer) {
    counts.withLock { counts in
      counts.all -= 1
      let left = (counts.byUID[peer.uid] ?? 1) - 1
      counts.byUID[peer.uid] = left > 0 ? left : nil
    }
  }

  var count: Int { counts.withLock { $0.all } }
}

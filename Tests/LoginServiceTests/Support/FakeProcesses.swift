import Synchronization

/// Which processes of the machine have ended; all others run.
final class FakeProcesses: Sendable {
  private let ended = Mutex<Set<Int32>>([])
  func end(_ process: Int32) { ended.withLock { _ = $0.insert(process) } }
  var isRunning: @Sendable (Int32) -> Bool { { [self] process in !ended.withLock { $0.contains(process) } } }
}

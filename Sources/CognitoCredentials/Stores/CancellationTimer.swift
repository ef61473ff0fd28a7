import CSecret
import Glibc

/// Cancels a GLib operation when its time is up. A thread of its own: the caller blocks in libsecret, and on a machine
/// with one core Swift's pool would have no thread left to do it on.
///
/// `@unchecked Sendable`: the thread reads what `init` wrote before starting it and nothing else, and GLib's cancellables
/// may be used from any thread.
final class CancellationTimer: @unchecked Sendable {
  private var thread = pthread_t()
  private var isRunning = false
  private var ends: [Int32] = [-1, -1]
  private let cancellable: UnsafeMutablePointer<GCancellable>?
  private let milliseconds: Int32

  init(timeout: Duration, _ cancellable: UnsafeMutablePointer<GCancellable>?) {
    self.cancellable = cancellable
    let (seconds, attoseconds) = timeout.components
    milliseconds = Int32(clamping: seconds * 1000 + attoseconds / 1_000_000_000_000_000)
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else { return }
    let context = Unmanaged.passRetained(self)
    isRunning =
      pthread_create(
        &thread, nil,
        { pointer in
          guard let pointer else { return nil }
          Unmanaged<CancellationTimer>.fromOpaque(pointer).takeRetainedValue().wait()
          return nil
        }, context.toOpaque()) == 0
    if !isRunning { context.release() }
  }

  /// Only this timer cancels.
  var hasFired: Bool { g_cancellable_is_cancelled(cancellable) != 0 }

  func stop() {
    if ends[1] >= 0 { Glibc.close(ends[1]) }
    if isRunning { pthread_join(thread, nil) }
    if ends[0] >= 0 { Glibc.close(ends[0]) }
    ends = [-1, -1]
    isRunning = false
  }

  private func wait() {
    var entry = pollfd(fd: ends[0], events: Int16(POLLIN), revents: 0)
    if poll(&entry, 1, milliseconds) == 0 { g_cancellable_cancel(cancellable) }
  }
}

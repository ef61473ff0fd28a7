import CLinux
import Glibc

/// Signals as something to wait for. One in a process.
///
/// A handler and a pipe, not a dispatch source: the floor brings neither Dispatch nor Swift's concurrency into a helper
/// that lives for two milliseconds.
package struct SignalArrivals: Sendable {
  /// What ends a program that was asked to end.
  package static let ends = [SIGTERM, SIGINT]

  private let arrivals: Int32

  /// From now on these signals do nothing by themselves.
  package init(of numbers: [Int32]) {
    var ends: [Int32] = [-1, -1]
    // Without a pipe (no descriptor left) the signals keep ending the process.
    guard cspawn_pipe(&ends, O_CLOEXEC) == 0 else {
      arrivals = -1
      return
    }
    arrivals = ends[0]
    handlerEnd = ends[1]
    // A full pipe must not block the handler: who reads it has enough to do.
    _ = fcntl(handlerEnd, F_SETFL, O_NONBLOCK)
    for number in numbers {
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { number in
        let code = errno
        var byte = UInt8(truncatingIfNeeded: number)
        _ = Glibc.write(handlerEnd, &byte, 1)
        errno = code
      }
      action.sa_flags = SA_RESTART
      sigaction(number, &action, nil)
    }
  }

  /// Calls `body` with the signal's number, on a thread of its own, for each that has come (before this call, too).
  package func each(_ body: @escaping @Sendable (Int32) -> Void) {
    guard arrivals >= 0 else { return }
    let waiting = Unmanaged.passRetained(Waiting(arrivals, body))
    var thread = pthread_t()
    let failed = pthread_create(
      &thread, nil,
      { pointer in
        if let pointer { Unmanaged<Waiting>.fromOpaque(pointer).takeRetainedValue().run() }
        return nil
      }, waiting.toOpaque())
    if failed == 0 { pthread_detach(thread) } else { waiting.release() }
  }

  private final class Waiting: Sendable {
    private let arrivals: Int32
    private let body: @Sendable (Int32) -> Void

    init(_ arrivals: Int32, _ body: @escaping @Sendable (Int32) -> Void) {
      self.arrivals = arrivals
      self.body = body
    }

    func run() {
      while true {
        var byte: UInt8 = 0
        if Glibc.read(arrivals, &byte, 1) == 1 {
          body(Int32(byte))
        } else {
          guard errno == EINTR else { return }
        }
      }
    }
  }
}

/// Written before the handler is installed, read by the handler alone.
private nonisolated(unsafe) var handlerEnd: Int32 = -1

import Glibc
import NIOPosix

/// SIGTERM and SIGINT as something to wait for. No handler runs anywhere: the signals are blocked in every thread.
struct TerminationSignal {
  private var signals = sigset_t()

  /// To be made while there is one thread: the others inherit what it blocks.
  init() {
    sigemptyset(&signals)
    for signal in [SIGTERM, SIGINT] { sigaddset(&signals, signal) }
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    // A peer that closes early is an error of its write, no reason to die.
    signal(SIGPIPE, SIG_IGN)
  }

  /// Returns when one has come. Its thread waits on even if the task is cancelled; the process is about to end then.
  func wait() async throws {
    let pool = NIOThreadPool(numberOfThreads: 1)
    pool.start()
    try await pool.runIfActive { [signals] in
      var set = signals
      var received: Int32 = 0
      while sigwait(&set, &received) != 0 {}
    }
  }
}

import Dispatch
import Glibc

/// SIGTERM and SIGINT as something to wait for.
struct TerminationSignal: Sendable {
  private let arrivals: AsyncStream<Void>

  /// From now on these signals don't end the process by themselves.
  init() {
    // A peer that closes early is an error of its write, no reason to die.
    signal(SIGPIPE, SIG_IGN)
    let (arrivals, continuation) = AsyncStream.makeStream(of: Void.self)
    self.arrivals = arrivals
    for number in [SIGTERM, SIGINT] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      // The handler holds its source: it lives as long as the process.
      source.setEventHandler { [source] in
        _ = source
        continuation.yield()
      }
      source.resume()
    }
  }

  func wait() async {
    for await _ in arrivals { break }
  }
}

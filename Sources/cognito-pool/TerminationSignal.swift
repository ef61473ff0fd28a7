import Dispatch
import Glibc

/// SIGTERM and SIGINT as something to wait for.
struct TerminationSignal {
  private let sources: [any DispatchSourceSignal]
  private let arrivals: AsyncStream<Void>

  /// From now on these signals don't end the process by themselves.
  init() {
    let (arrivals, continuation) = AsyncStream.makeStream(of: Void.self)
    self.arrivals = arrivals
    sources = [SIGTERM, SIGINT].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { continuation.yield() }
      source.resume()
      return source
    }
  }

  func wait() async {
    for await _ in arrivals { break }
    for source in sources { source.cancel() }
  }
}

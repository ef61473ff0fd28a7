import Glibc
import SystemSupport
import Testing

@Suite("signals that a program waits for", .serialized)
struct SignalArrivalsTests {
  @Test("they end a wait, sent before it or during it, and not the process", arguments: [SIGTERM, SIGINT, SIGHUP])
  func arrives(number: Int32) async {
    let before = SignalArrivals(of: [number])
    kill(getpid(), number)
    #expect(await first(of: before) == number)

    let during = SignalArrivals(of: [number])
    let (arrivals, arrival) = AsyncStream.makeStream(of: Int32.self)
    during.each { arrival.yield($0) }
    kill(getpid(), number)
    for await arrived in arrivals {
      #expect(arrived == number)
      break
    }
    signal(number, SIG_DFL)
  }

  @Test("each that comes is told, and which it is")
  func several() async {
    let signals = SignalArrivals(of: [SIGHUP, SIGTERM])
    let (arrivals, arrival) = AsyncStream.makeStream(of: Int32.self)
    signals.each { arrival.yield($0) }
    var heard = arrivals.makeAsyncIterator()
    for number in [SIGHUP, SIGHUP, SIGTERM] {
      kill(getpid(), number)
      #expect(await heard.next() == number)
    }
    for number in [SIGHUP, SIGTERM] { signal(number, SIG_DFL) }
  }

  private func first(of signals: SignalArrivals) async -> Int32? {
    let (arrivals, arrival) = AsyncStream.makeStream(of: Int32.self)
    signals.each { arrival.yield($0) }
    for await number in arrivals { return number }
    return nil
  }
}

import Glibc
import SystemSupport
import Testing

@Suite("the end by signal", .serialized)
struct TerminationSignalTests {
  @Test(
    "SIGTERM and SIGINT end a wait, sent before it or during it, and not the process", arguments: [SIGTERM, SIGINT])
  func arrives(number: Int32) async {
    let before = TerminationSignal()
    kill(getpid(), number)
    await withCheckedContinuation { done in before.whenArrived { done.resume() } }

    let during = TerminationSignal()
    await withCheckedContinuation { done in
      during.whenArrived { done.resume() }
      kill(getpid(), number)
    }
    signal(number, SIG_DFL)
  }
}

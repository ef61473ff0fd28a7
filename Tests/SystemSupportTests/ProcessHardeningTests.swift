import Glibc
import SystemSupport
import Testing

// What is hardened belongs to the whole process, so one test at a time.
@Suite(.serialized)
struct ProcessHardeningTests {
  @Test("a hardened process leaves no core dump")
  func noCoreDumps() {
    ProcessHardening.apply()
    var limit = rlimit()
    #expect(getrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit) == 0)
    #expect(limit.rlim_cur == 0 && limit.rlim_max == 0)
  }

  @Test("whoever handled a crash before, handles it no more", arguments: ProcessHardening.crashSignals)
  func noHandlers(number: Int32) {
    signal(number) { _ in }
    ProcessHardening.apply()
    #expect(Self.handler(of: number) == nil)
  }

  @Test("a blocked crash signal gets through again")
  func noMask() {
    var blocked = sigset_t()
    sigemptyset(&blocked)
    sigaddset(&blocked, SIGQUIT)
    pthread_sigmask(SIG_BLOCK, &blocked, nil)
    ProcessHardening.apply()
    var mask = sigset_t()
    pthread_sigmask(SIG_BLOCK, nil, &mask)
    #expect(sigismember(&mask, SIGQUIT) == 0)
  }

  @Test("SIGQUIT stays ignored where the caller ignores it, as a shell does for what runs in the background")
  func ignoredQuit() {
    signal(SIGQUIT, SIG_IGN)
    ProcessHardening.apply()
    #expect(Self.handler(of: SIGQUIT) == Self.address(of: SIG_IGN))
    signal(SIGQUIT, SIG_DFL)
  }

  @Test("the working directory is no part of the search path")
  func searchPath() throws {
    let before = String(cString: try #require(getenv("PATH")))
    setenv("PATH", before + ":", 1)
    ProcessHardening.apply()
    #expect(getenv("PATH").map { String(cString: $0) } == before)
  }

  /// nil for the default action.
  private static func handler(of number: Int32) -> Int? {
    var action = sigaction()
    sigaction(number, nil, &action)
    return address(of: action.__sigaction_handler.sa_handler)
  }

  private static func address(of handler: (@convention(c) (Int32) -> Void)?) -> Int? {
    handler.map { unsafeBitCast($0, to: Int.self) }
  }
}

import CLinux
import Glibc

/// For every program that holds tokens: the first thing that it does.
package enum ProcessHardening {
  /// What a crash raises, and SIGQUIT, which a person can type.
  package static let crashSignals = [SIGQUIT, SIGABRT, SIGSEGV, SIGTRAP, SIGILL, SIGBUS, SIGFPE, SIGSYS]

  /// No core dumps, and no reading of this process's memory by others of the same uid. A crash is the end, and runs
  /// nothing. No program is looked for in the working directory. A closed pipe is an error to report, not a reason to die.
  package static func apply() {
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
    _ = ckernel_forbid_dumps()
    dropCrashHandlers()
    SearchPath.dropRelativeEntries()
    signal(SIGPIPE, SIG_IGN)
  }

  /// The Swift runtime's handlers run a program that it looked for relative to the working directory. In a release build
  /// they aren't even linked (CSwiftRuntime); in others, and should a library bring its own, they go here.
  private static func dropCrashHandlers() {
    var ours = sigset_t()
    sigemptyset(&ours)
    for number in crashSignals {
      sigaddset(&ours, number)
      // A shell without job control starts what runs in the background with SIGQUIT ignored: that is the caller's word.
      if number == SIGQUIT, isIgnored(number) { continue }
      signal(number, SIG_DFL)
    }
    sigprocmask(SIG_UNBLOCK, &ours, nil)
    var none = stack_t()
    none.ss_flags = Int32(SS_DISABLE)
    sigaltstack(&none, nil)
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    sigaction(number, nil, &action)
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}

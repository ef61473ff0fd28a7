import CLinux
import Glibc

/// For every program that holds tokens.
package enum ProcessHardening {
  /// No core dumps, and no reading of this process's memory by others of the same uid. A closed pipe is an error to
  /// report, not a reason to die.
  package static func apply() {
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
    _ = ckernel_forbid_dumps()
    signal(SIGPIPE, SIG_IGN)
  }
}

import CLinux
import Glibc
import Logging

/// What the process does to itself before it learns any secret.
enum Hardening {
  /// No core dumps, no ptrace by other processes of our uid, no files for others. Memory is locked where the limit lets
  /// all of it be locked: half-locked memory would make allocations fail later.
  static func apply(logger: Logger) {
    umask(0o077)
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    if setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none) != 0 { note("RLIMIT_CORE", logger) }
    if ckernel_forbid_dumps() != 0 { note("PR_SET_DUMPABLE", logger) }
    var memory = rlimit()
    guard getrlimit(__rlimit_resource_t(__RLIMIT_MEMLOCK.rawValue), &memory) == 0, memory.rlim_cur == rlim_t.max else {
      logger.info("memory is not locked: LimitMEMLOCK is not infinity")
      return
    }
    // MCL_ONFAULT: only pages that are used, or each thread's whole stack would count.
    if mlockall(MCL_CURRENT | MCL_FUTURE | Int32(MCL_ONFAULT)) != 0 { note("mlockall", logger) }
  }

  private static func note(_ what: String, _ logger: Logger) {
    logger.warning("not hardened", metadata: ["what": "\(what)", "reason": "\(String(cString: strerror(errno)))"])
  }
}

import Glibc
import Logging

/// What the daemon does to itself, besides what every program of ours does (`ProcessHardening`), before it learns any
/// secret.
enum Hardening {
  /// No files for others. Memory is locked where the limit lets all of it be locked: half-locked memory would make
  /// allocations fail later.
  static func apply(logger: Logger) {
    umask(0o077)
    var memory = rlimit()
    guard getrlimit(__rlimit_resource_t(__RLIMIT_MEMLOCK.rawValue), &memory) == 0, memory.rlim_cur == rlim_t.max else {
      logger.info("memory is not locked: LimitMEMLOCK is not infinity")
      return
    }
    // MCL_ONFAULT: only pages that are used, or each thread's whole stack would count.
    if mlockall(MCL_CURRENT | MCL_FUTURE | Int32(MCL_ONFAULT)) != 0 {
      logger.warning("memory is not locked", metadata: ["reason": "\(String(cString: strerror(errno)))"])
    }
  }
}

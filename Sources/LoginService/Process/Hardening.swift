import Glibc
import Logging

/// What the daemon does to itself, besides what every program of ours does (`ProcessHardening`), before it learns any
/// secret.
enum Hardening {
  /// Room for as many connections as the limits allow: systemd's own soft limit is 1,024 descriptors. No files for others.
  /// Memory is locked where the limit lets all of it be locked: half-locked memory would make
  /// allocations fail later.
  static func apply(logger: Logger) {
    umask(0o077)
    raiseDescriptorLimit(to: 8192)
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

  private static func raiseDescriptorLimit(to wanted: rlim_t) {
    let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    var limit = rlimit()
    guard getrlimit(resource, &limit) == 0, limit.rlim_cur < wanted else { return }
    limit.rlim_cur = min(wanted, limit.rlim_max)
    setrlimit(resource, &limit)
  }
}

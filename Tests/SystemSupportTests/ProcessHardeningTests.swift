import Glibc
import SystemSupport
import Testing

struct ProcessHardeningTests {
  @Test("a hardened process leaves no core dump")
  func noCoreDumps() {
    ProcessHardening.apply()
    var limit = rlimit()
    #expect(getrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit) == 0)
    #expect(limit.rlim_cur == 0 && limit.rlim_max == 0)
  }
}

import Cognito
import FoundationEssentials
import LocalPool
import Testing

@Suite("the pool's clock")
struct PoolClockTests {
  @Test("whatever it is told, it shows a year from 1970 to 9999", arguments: [1e300, -1e300, .infinity, .nan, -1e10])
  func bounds(_ seconds: Double) {
    let moved = PoolClock()
    moved.advance(by: seconds)
    #expect((0...253_402_300_799).contains(moved.epoch))
    let stopped = PoolClock(frozenAt: Date(timeIntervalSince1970: seconds))
    #expect((0...253_402_300_799).contains(stopped.epoch))
    stopped.reset()
    #expect(stopped.epoch > 1_700_000_000)
  }
}

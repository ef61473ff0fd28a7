import Cognito
import LocalPool
import Testing

@Suite("the lock after wrong passwords")
struct LockoutTests {
  private func fail(_ driver: SignInDriver, times: Int = 1) throws {
    for _ in 0..<times { #expect(try refusal { try driver.byPassword("Wrong-1815!") } == .incorrectPassword) }
  }

  @Test("the sixth attempt is refused even with the right password, by SRP too")
  func locks() throws {
    let driver = try SignInDriver()
    try fail(driver, times: 5)
    #expect(try refusal { try driver.byPassword() } == .attemptsExceeded)
    #expect(try refusal { try driver.srp() } == .attemptsExceeded)
    driver.harness.clock.advance(by: 1)
    #expect(try refusal { try driver.srp() } == nil)
  }

  @Test("a lock that sets in between the two SRP steps counts")
  func locksBetweenSteps() throws {
    let driver = try SignInDriver()
    let exchange = SRPClient()
    let challenge = try driver.initiate("USER_SRP_AUTH", ["SRP_A": exchange.publicA.hex])
    try fail(driver, times: 5)
    #expect(try refusal { try driver.verify(challenge, exchange) } == .attemptsExceeded)
  }

  @Test("it doubles with every failure, up to a quarter of an hour; attempts during it don't count")
  func doubles() throws {
    let driver = try SignInDriver()
    try fail(driver, times: 5)
    for lock in [1.0, 2, 4, 8, 16, 32, 64, 128, 256, 512] {
      driver.harness.clock.advance(by: lock - 0.5)
      #expect(try refusal { try driver.byPassword("Wrong-1815!") } == .attemptsExceeded)
      driver.harness.clock.advance(by: 0.5)
      try fail(driver)
    }
    driver.harness.clock.advance(by: 899)
    #expect(try refusal { try driver.byPassword() } == .attemptsExceeded)
    driver.harness.clock.advance(by: 1)
    #expect(try refusal { try driver.byPassword() } == nil)
  }

  @Test("a success, or a quarter of an hour without a failure, starts the count anew")
  func resets() throws {
    let driver = try SignInDriver()
    try fail(driver, times: 4)
    #expect(try refusal { try driver.byPassword() } == nil)
    try fail(driver, times: 4)
    #expect(try refusal { try driver.byPassword() } == nil)
    try fail(driver, times: 4)
    driver.harness.clock.advance(by: 900)
    try fail(driver, times: 4)
    #expect(try refusal { try driver.byPassword() } == nil)
  }
}

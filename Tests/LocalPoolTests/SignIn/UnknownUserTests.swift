import Cognito
import FoundationEssentials
import LocalPool
import Testing

@Suite("users who don't exist")
struct UnknownUserTests {
  @Test("a client that may know is told so")
  func legacy() throws {
    var driver = try SignInDriver()
    driver.username = "nobody"
    #expect(try refusal { try driver.srp() } == .userNotFound)
    #expect(try refusal { try driver.byPassword() } == .userNotFound)
  }

  @Test("a client that may not gets the same salt and id every time, then a wrong password")
  func hidden() throws {
    var driver = try SignInDriver(client: ["PreventUserExistenceErrors": "ENABLED"])
    driver.username = "nobody"
    let exchange = SRPClient()
    let first = try driver.initiate("USER_SRP_AUTH", ["SRP_A": exchange.publicA.hex])["ChallengeParameters"]
    let second = try driver.initiate("USER_SRP_AUTH", ["SRP_A": exchange.publicA.hex])["ChallengeParameters"]
    #expect(first?["SALT"] == second?["SALT"])
    #expect(first?["USER_ID_FOR_SRP"] == second?["USER_ID_FOR_SRP"])
    #expect(first?["SRP_B"] != second?["SRP_B"])
    #expect(first?["USER_ID_FOR_SRP"]?.string?.utf8.count == 36)
    #expect(try refusal { try driver.srp() } == .incorrectPassword)
    #expect(try refusal { try driver.byPassword() } == .incorrectPassword)
    driver.username = "nobody2"
    let other = try driver.initiate("USER_SRP_AUTH", ["SRP_A": exchange.publicA.hex])["ChallengeParameters"]
    #expect(first?["SALT"] != other?["SALT"])
  }

  @Test("they are locked out like anybody else")
  func lockout() throws {
    var driver = try SignInDriver(client: ["PreventUserExistenceErrors": "ENABLED"])
    driver.username = "nobody"
    for _ in 0..<5 { #expect(try refusal { try driver.byPassword() } == .incorrectPassword) }
    #expect(try refusal { try driver.byPassword() } == .attemptsExceeded)
    driver.harness.clock.advance(by: 1.5)
    #expect(try refusal { try driver.byPassword() } == .incorrectPassword)
  }

  @Test("every answer of a row of wrong passwords, at every moment, is that of somebody who exists")
  func sameLock() throws {
    func answers(_ name: String) throws -> [PoolException?] {
      var driver = try SignInDriver(client: ["PreventUserExistenceErrors": "ENABLED"])
      driver.username = name
      return try [0, 0, 0, 0, 0, 0, 1, 1, 1, 3, 0.5, 3.5, 8, 900, 0, 0, 0, 0, 0].map { wait in
        driver.harness.clock.advance(by: wait)
        return try refusal { try driver.byPassword("Wrong-1815!") }
      }
    }
    let known = try answers("ada")
    #expect(known.contains(.attemptsExceeded) && known.contains(.incorrectPassword))
    #expect(try answers("nobody") == known)
  }

  @Test("wrong passwords of names that nobody has are written down, as those of users are: a lock outlives a restart")
  func lockIsKept() throws {
    var driver = try SignInDriver(client: ["PreventUserExistenceErrors": "ENABLED"])
    driver.username = "nobody"
    for _ in 0..<5 { #expect(try refusal { try driver.byPassword() } == .incorrectPassword) }
    let id = driver.harness.context.simulation.userID(poolID: driver.pool, name: "nobody")
    let kept = try driver.harness.context.store.read { try $0.strangers.find(id, kind: "password") }
    #expect(kept?.count == 5)
    #expect(try driver.harness.context.store.read { try $0.strangers.find("nobody", kind: "password") } == nil)
  }

  @Test("names that nobody has take no more room than a limit")
  func strangersAreForgotten() throws {
    let harness = try PoolHarness()
    let now = harness.clock.now
    try harness.context.store.write { transaction in
      for number in 0..<10 {
        try transaction.strangers.save(
          "s\(number)", kind: "password", count: 1, since: now.addingTimeInterval(Double(number)))
      }
      try transaction.strangers.removeExpired(before: now.addingTimeInterval(2), most: 3)
    }
    let left = try harness.context.store.read { transaction in
      try (0..<10).filter { try transaction.strangers.find("s\($0)", kind: "password") != nil }
    }
    #expect(left == [6, 7, 8, 9])
  }
}

import Cognito
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
}

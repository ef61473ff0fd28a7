import Cognito
import LocalPool
import TestSupport
import Testing

@Suite("passkeys of users who don't exist")
struct UnknownPasskeyTests {
  @Test("half the names have one, always the same, and no answer is right")
  func hidden() throws {
    let driver = try PasskeyDriver(client: ["PreventUserExistenceErrors": "ENABLED"])
    var (with, without) = (0, 0)
    for number in 0..<40 {
      var other = driver
      other.driver.username = "nobody\(number)"
      let challenge = try other.ask()
      guard challenge["ChallengeName"] == "WEB_AUTHN" else {
        #expect(challenge["AvailableChallenges"] == ["PASSWORD", "PASSWORD_SRP"])
        without += 1
        continue
      }
      with += 1
      let options = try #require(try PasskeyDriver.options(challenge))
      #expect(
        try PasskeyDriver.options(try other.ask())?["allowCredentials"] == options["allowCredentials"])
      let id = options["allowCredentials"]?[0]?["id"]?.string ?? ""
      let authenticator = SoftAuthenticator(id: Base64.decodeURL(id) ?? [])
      let name = challenge["ChallengeParameters"]?["USER_ID_FOR_SRP"]?.string ?? ""
      let refused = try refusal {
        try other.driver.respond(
          "WEB_AUTHN", ["USERNAME": name, "CREDENTIAL": authenticator.get(options)], session: challenge)
      }
      #expect(refused == .incorrectPassword)
    }
    // The seed is random: with fair bits fewer than three of forty come once in a billion runs.
    #expect(with > 2 && without > 2)
  }
}

import Cognito
import LocalPool
import Testing

@Suite("a forced new password")
struct NewPasswordTests {
  /// A user with a temporary password, in a pool that requires an e-mail address.
  private func invited() throws -> SignInDriver {
    var driver = try SignInDriver(
      pool: ["Schema": [["Name": "name", "AttributeDataType": "String", "Required": true, "Mutable": true]]])
    try driver.harness.call(
      "AdminCreateUser",
      [
        "UserPoolId": .string(driver.pool), "Username": "new", "TemporaryPassword": "Temporary-1!",
        "MessageAction": "SUPPRESS",
      ])
    driver.username = "new"
    driver.password = "Temporary-1!"
    return driver
  }

  @Test("the first sign-in asks for a password and for what the pool requires, and then goes on")
  func newPassword() throws {
    var driver = try invited()
    let challenge = try driver.srp()
    #expect(challenge["ChallengeName"] == "NEW_PASSWORD_REQUIRED")
    #expect(challenge["ChallengeParameters"]?["requiredAttributes"] == #"["userAttributes.name"]"#)
    let weak = try refusal {
      try driver.respond("NEW_PASSWORD_REQUIRED", ["NEW_PASSWORD": "short"], session: challenge)
    }
    #expect(weak?.type == "InvalidPasswordException")
    let incomplete = try refusal {
      try driver.respond("NEW_PASSWORD_REQUIRED", ["NEW_PASSWORD": "Permanent-1!"], session: challenge)
    }
    #expect(incomplete?.type == "InvalidParameterException")
    let answer = try driver.respond(
      "NEW_PASSWORD_REQUIRED", ["NEW_PASSWORD": "Permanent-1!", "userAttributes.name": "New"], session: challenge)
    #expect(try driver.claims(answer, "IdToken")["name"] == "New")
    #expect(try refusal { try driver.srp() } == .incorrectPassword)
    driver.password = "Permanent-1!"
    #expect(try driver.srp()["AuthenticationResult"] != nil)
  }

  @Test("a temporary password ends after a week")
  func temporaryPasswordExpires() throws {
    let driver = try invited()
    driver.harness.clock.advance(by: 7 * 86_400 + 1)
    #expect(
      try refusal { try driver.srp() }
        == .notAuthorized("Temporary password has expired and must be reset by an administrator."))
  }
}

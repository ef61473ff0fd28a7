import Cognito
import LocalPool
import TestSupport
import Testing

@Suite("a pool that starts again")
struct RestartTests {
  @Test("pool, client, users, keys and refresh tokens are those of before")
  func restart() async throws {
    let directory = TemporaryDirectory()
    var configuration = LocalUserPool.Configuration()
    configuration.stateDirectory = directory.path
    let first = try await LocalUserPool.start(configuration)
    try first.perform(
      "AdminCreateUser",
      ["UserPoolId": .string(first.userPoolID), "Username": "ada", "MessageAction": "SUPPRESS"])
    try first.perform(
      "AdminSetUserPassword",
      [
        "UserPoolId": .string(first.userPoolID), "Username": "ada", "Password": "Lovelace-1815!", "Permanent": true,
      ])
    let signIn: [String: JSONValue] = [
      "ClientId": .string(first.clientID), "AuthFlow": "USER_PASSWORD_AUTH",
      "AuthParameters": ["USERNAME": "ada", "PASSWORD": "Lovelace-1815!"],
    ]
    let tokens = try first.perform("InitiateAuth", signIn)["AuthenticationResult"]
    await first.stop()

    let second = try await LocalUserPool.start(configuration)
    #expect(second.userPoolID == first.userPoolID)
    #expect(second.clientID == first.clientID)
    let user = try second.perform("GetUser", ["AccessToken": tokens?["AccessToken"] ?? ""])
    #expect(user["Username"] == "ada")
    let renewed = try second.perform(
      "InitiateAuth",
      [
        "ClientId": .string(second.clientID), "AuthFlow": "REFRESH_TOKEN_AUTH",
        "AuthParameters": ["REFRESH_TOKEN": tokens?["RefreshToken"] ?? ""],
      ])
    #expect(renewed["AuthenticationResult"]?["AccessToken"] != nil)
    await second.stop()
  }

  @Test("a refusal names the exception")
  func refusal() async throws {
    let pool = try await LocalUserPool.start()
    #expect(throws: PoolFailure(exception: "UserNotFoundException", message: "User does not exist.")) {
      try pool.perform("AdminGetUser", ["UserPoolId": .string(pool.userPoolID), "Username": "nobody"])
    }
    await pool.stop()
  }

  @Test("a second server is kept out of a state directory until the first has ended")
  func oneServer() async throws {
    let directory = TemporaryDirectory()
    var configuration = LocalUserPool.Configuration()
    configuration.stateDirectory = directory.path
    let first = try await LocalUserPool.start(configuration)
    await #expect(throws: SQLiteError.self) { try await LocalUserPool.start(configuration) }
    await first.stop()
    let second = try await LocalUserPool.start(configuration)
    await second.stop()
  }
}

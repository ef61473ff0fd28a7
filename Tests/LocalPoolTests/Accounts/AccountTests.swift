import Cognito
import LocalPool
import Testing

@Suite("accounts that people make for themselves")
struct AccountTests {
  let harness: PoolHarness
  let pool: String
  let app: String

  init() throws {
    harness = try PoolHarness()
    pool = try harness.makePool(["AutoVerifiedAttributes": ["email"]])
    app = try harness.makeClient(pool)
  }

  private func on(_ name: String, _ members: [String: JSONValue] = [:]) -> JSONValue {
    .object(members.merging(["ClientId": .string(app), "Username": .string(name)]) { given, _ in given })
  }

  private func signUp(_ name: String) throws -> String {
    let email: JSONValue = [["Name": "email", "Value": .string("\(name)@example.com")]]
    try harness.call("SignUp", on(name, ["Password": "Correct-horse-9", "UserAttributes": email]))
    return try harness.lastMessage()?.code ?? ""
  }

  private func confirm(_ name: String, _ code: String) throws -> String? {
    try harness.refusal("ConfirmSignUp", on(name, ["ConfirmationCode": .string(code)]))?.type
  }

  @Test("a code is void after five wrong guesses, the right one included")
  func guesses() throws {
    let code = try signUp("ann")
    let wrong = code == "000000" ? "000001" : "000000"
    for _ in 0..<5 { #expect(try confirm("ann", wrong) == "CodeMismatchException") }
    #expect(try confirm("ann", code) == "ExpiredCodeException")
  }

  @Test("a code is good for a day, not longer, and once")
  func lifetime() throws {
    let code = try signUp("bob")
    harness.clock.advance(by: 86_399)
    #expect(try confirm("bob", code) == nil)
    #expect(try confirm("bob", code) == "NotAuthorizedException")
    let late = try signUp("cid")
    harness.clock.advance(by: 86_400)
    #expect(try confirm("cid", late) == "ExpiredCodeException")
  }

  @Test("guesses are limited per hour across codes")
  func guessesPerHour() throws {
    let first = try signUp("dan")
    var refusals: [String?] = []
    for _ in 0..<3 {
      let code = try harness.lastMessage()?.code ?? first
      let wrong = code == "000000" ? "000001" : "000000"
      for _ in 0..<5 { refusals.append(try confirm("dan", wrong)) }
      try harness.call("ResendConfirmationCode", on("dan"))
    }
    #expect(refusals.allSatisfy { $0 == "CodeMismatchException" })
    let code = try harness.lastMessage()?.code ?? ""
    #expect(try confirm("dan", code) == "LimitExceededException")
    harness.clock.advance(by: 3600)
    #expect(try confirm("dan", code) == nil)
  }

  @Test("a wrong SecretHash is refused, before anything is said of the user")
  func secretHash() throws {
    let client = try harness.makeClient(pool, ["GenerateSecret": true])
    let refusal = try harness.refusal(
      "ForgotPassword", ["ClientId": .string(client), "Username": "nobody", "SecretHash": "d3Jvbmc="])
    #expect(refusal?.type == "NotAuthorizedException")
  }

  @Test("limits and wrong codes of a user who may not be known of are those of a user who is there")
  func sameLimits() throws {
    let client = try harness.makeClient(pool, ["PreventUserExistenceErrors": "ENABLED"])
    _ = try signUp("eve")
    let user: JSONValue = ["UserPoolId": .string(pool), "Username": "eve"]
    try harness.call("AdminConfirmSignUp", user)
    let verified: JSONValue = [["Name": "email_verified", "Value": "true"]]
    try harness.call(
      "AdminUpdateUserAttributes", .object((user.object ?? [:]).merging(["UserAttributes": verified]) { $1 }))
    func answers(_ name: String) throws -> [String?] {
      let named: [String: JSONValue] = ["ClientId": .string(client), "Username": .string(name)]
      let new = named.merging(["ConfirmationCode": "1234567", "Password": "Correct-horse-10"]) { $1 }
      func forget() throws -> String? { try harness.refusal("ForgotPassword", .object(named))?.type }
      func guess() throws -> String? { try harness.refusal("ConfirmForgotPassword", .object(new))?.type }
      var all: [String?] = []
      for round in 0..<6 {
        all.append(try forget())
        for _ in 0..<(round == 0 ? 6 : 4) { all.append(try guess()) }
      }
      harness.clock.advance(by: 3600)
      all += [try forget(), try guess()]
      return all
    }
    let known = try answers("eve")
    #expect(Set(known) == [nil, "CodeMismatchException", "ExpiredCodeException", "LimitExceededException"])
    #expect(try answers("nobody") == known)
  }

  @Test("sign-up codes for a user who may not be known of are limited as well")
  func signUpLimits() throws {
    let client = try harness.makeClient(pool, ["PreventUserExistenceErrors": "ENABLED"])
    let named: [String: JSONValue] = ["ClientId": .string(client), "Username": "nobody"]
    for _ in 0..<5 { try harness.call("ResendConfirmationCode", .object(named)) }
    #expect(try harness.refusal("ResendConfirmationCode", .object(named)) == .limitExceeded)
    let code = named.merging(["ConfirmationCode": "123456"]) { $1 }
    for _ in 0..<15 { #expect(try harness.refusal("ConfirmSignUp", .object(code))?.type == "ExpiredCodeException") }
    #expect(try harness.refusal("ConfirmSignUp", .object(code)) == .limitExceeded)
  }

  @Test("a simulated code seems to go by the way that the name and the pool suggest")
  func simulatedMedium() throws {
    func medium(_ name: String, _ pool: String) throws -> JSONValue? {
      let client = try harness.makeClient(pool, ["PreventUserExistenceErrors": "ENABLED"])
      let input: JSONValue = ["ClientId": .string(client), "Username": .string(name)]
      return try harness.call("ForgotPassword", input)["CodeDeliveryDetails"]?["DeliveryMedium"]
    }
    let byPhone = try harness.makePool(["AutoVerifiedAttributes": ["phone_number"]])
    #expect(try medium("nobody", pool) == "EMAIL")
    #expect(try medium("+15550100", pool) == "SMS")
    #expect(try medium("nobody", byPhone) == "SMS")
    #expect(try medium("nobody@example.com", byPhone) == "EMAIL")
  }

  @Test("a user who may not be known of gets the same simulated answer each time, and no message is written")
  func discretion() throws {
    let client = try harness.makeClient(pool, ["PreventUserExistenceErrors": "ENABLED"])
    let input: JSONValue = ["ClientId": .string(client), "Username": "nobody"]
    let first = try harness.call("ForgotPassword", input)
    #expect(first["CodeDeliveryDetails"]?["DeliveryMedium"] == "EMAIL")
    #expect(try harness.call("ForgotPassword", input) == first)
    #expect(try harness.lastMessage() == nil)
  }
}

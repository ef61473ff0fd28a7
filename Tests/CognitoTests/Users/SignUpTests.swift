import Cognito
import Testing

@Suite("Sign-up and forgotten passwords")
struct SignUpTests {
  static let delivery: JSONValue = [
    "Destination": "a***@e***", "DeliveryMedium": "EMAIL", "AttributeName": "email",
  ]

  @Test("sign-up sends attributes and validation data, and tells where the code went")
  func signUp() async throws {
    let script = ServiceScript([
      "UserSub": "sub-1", "UserConfirmed": false, "CodeDeliveryDetails": Self.delivery, "Session": "s",
    ])
    let result = try await script.client().signUp(
      username: "ada", password: Secret(utf8: "Pässword 1"), attributes: [.email: "ada@example.com"],
      validationData: ["b": "2", "a": "1"], clientMetadata: ["k": "v"])
    #expect(result.sub == "sub-1")
    #expect(!result.isConfirmed)
    #expect(result.session == "s")
    #expect(result.codeDelivery?.destination == "a***@e***")
    #expect(result.codeDelivery?.medium == .email)
    #expect(result.codeDelivery?.attribute == .email)
    script.expect(
      "SignUp",
      [
        "ClientId": "client1", "Username": "ada", "Password": "Pässword 1",
        "UserAttributes": [["Name": "email", "Value": "ada@example.com"]],
        "ValidationData": [["Name": "a", "Value": "1"], ["Name": "b", "Value": "2"]], "ClientMetadata": ["k": "v"],
      ], signed: false)
  }

  @Test("a sign-up without password and attributes sends neither")
  func minimal() async throws {
    let script = ServiceScript(["UserSub": "sub-1", "UserConfirmed": true])
    let result = try await script.client().signUp(username: "ada", password: nil)
    #expect(result.isConfirmed)
    #expect(result.codeDelivery == nil)
    script.expect("SignUp", ["ClientId": "client1", "Username": "ada"], signed: false)
  }

  @Test("the secret hash is over the name in the call")
  func secretHash() async throws {
    let script = ServiceScript([:])
    try await script.client(secret: "shh").confirmSignUp(username: "grace", code: "123456")
    let hash = SecretHash.compute(username: "grace", clientID: "client1", clientSecret: Secret(utf8: "shh"))
    script.expect(
      "ConfirmSignUp",
      ["ClientId": "client1", "Username": "grace", "ConfirmationCode": "123456", "SecretHash": .string(hash)],
      signed: false)
  }

  @Test("confirming passes session and alias, and gives the session for signing in")
  func confirm() async throws {
    let script = ServiceScript(["Session": "next"])
    let session = try await script.client().confirmSignUp(
      username: "ada", code: "1", forceAliasCreation: true, session: "s")
    #expect(session == "next")
    script.expect(
      "ConfirmSignUp",
      ["ClientId": "client1", "Username": "ada", "ConfirmationCode": "1", "ForceAliasCreation": true, "Session": "s"],
      signed: false)
  }

  @Test("the code is sent again")
  func resend() async throws {
    let script = ServiceScript(["CodeDeliveryDetails": Self.delivery])
    #expect(try await script.client().resendConfirmationCode(username: "ada")?.medium == .email)
    script.expect("ResendConfirmationCode", ["ClientId": "client1", "Username": "ada"], signed: false)
  }

  @Test("a forgotten password: the code's way is told, and the new password is set")
  func forgotten() async throws {
    let script = ServiceScript(["CodeDeliveryDetails": ["Destination": "+*1", "DeliveryMedium": "SMS"]])
    #expect(try await script.client().forgotPassword(username: "ada")?.medium == .sms)
    script.expect("ForgotPassword", ["ClientId": "client1", "Username": "ada"], signed: false)

    let second = ServiceScript([:])
    try await second.client().confirmForgotPassword(username: "ada", code: "9", newPassword: Secret(utf8: "new"))
    second.expect(
      "ConfirmForgotPassword",
      ["ClientId": "client1", "Username": "ada", "ConfirmationCode": "9", "Password": "new"], signed: false)
  }

  @Test("names that no pool accepts are refused, not cleaned", arguments: ["", "a b", "a\u{0}", "\u{2003}x"])
  func badNames(_ name: String) async throws {
    let script = ServiceScript([:])
    await #expect(throws: CognitoError(.invalidInput, "")) {
      try await script.client().forgotPassword(username: name)
    }
    #expect(script.calls.isEmpty)
  }

  @Test("an answer without the user's id is an error")
  func malformed() async {
    let script = ServiceScript(["UserConfirmed": true])
    await #expect(throws: CognitoError(.malformedResponse, "")) {
      try await script.client().signUp(username: "ada", password: nil)
    }
  }
}

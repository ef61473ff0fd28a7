import Cognito
import FoundationEssentials
import Synchronization
import Testing

@Suite("A signed-in user's own account")
struct SignedInUserTests {
  @Test("the user comes with attributes and second factors")
  func details() async throws {
    let script = ServiceScript([
      "Username": "ada", "UserAttributes": [["Name": "sub", "Value": "s1"], ["Name": "custom:n", "Value": "7"]],
      "UserMFASettingList": ["SOFTWARE_TOKEN_MFA", "NEW_KIND"], "PreferredMfaSetting": "SOFTWARE_TOKEN_MFA",
    ])
    let user = try await script.user().details()
    #expect(user.username == "ada")
    #expect(user.sub == "s1")
    #expect(user.attributes.integer(.custom("n")) == 7)
    #expect(user.mfaFactors == [.softwareToken, MFAFactor(rawValue: "NEW_KIND")])
    #expect(user.preferredMFA == .softwareToken)
    #expect(user.isEnabled == nil)
    script.expectUserCall("GetUser")
  }

  @Test("each call asks for the access token anew")
  func freshToken() async throws {
    let script = ServiceScript(["Username": "ada"])
    let count = Mutex(0)
    let user = SignedInUser(client: try script.client()) {
      "token-\(count.withLock { count in count += 1; return count })"
    }
    _ = try await user.details()
    _ = try await user.details()
    #expect(script.calls.map { $0.body["AccessToken"] } == ["token-1", "token-2"])
  }

  @Test("attributes are updated, new ones too, and code deliveries are told")
  func update() async throws {
    let script = ServiceScript(["CodeDeliveryDetailsList": [SignUpTests.delivery]])
    let deliveries = try await script.user().update([.email: "new@example.com", .custom("new"): "1"])
    #expect(deliveries.map(\.attribute) == [.email])
    script.expectUserCall(
      "UpdateUserAttributes",
      ["UserAttributes": [["Name": "custom:new", "Value": "1"], ["Name": "email", "Value": "new@example.com"]]])
  }

  @Test("saving a user sends what changed and deletes what is gone")
  func save() async throws {
    let script = ServiceScript([
      "Username": "ada",
      "UserAttributes": [
        ["Name": "sub", "Value": "s1"], ["Name": "name", "Value": "Ada"], ["Name": "nickname", "Value": "a"],
      ],
    ])
    let account = try script.user()
    let original = try await account.details()
    var changed = original
    changed.attributes.name = "Ada L."
    changed.attributes[.nickname] = nil
    try await account.save(changed, original: original)
    let calls = script.calls
    #expect(calls.map(\.operation) == ["GetUser", "UpdateUserAttributes", "DeleteUserAttributes"])
    #expect(calls[1].body["UserAttributes"] == [["Name": "name", "Value": "Ada L."]])
    #expect(calls[2].body["UserAttributeNames"] == ["nickname"])
  }

  @Test("saving an unchanged user sends nothing")
  func unchanged() async throws {
    let script = ServiceScript(["Username": "ada", "UserAttributes": [["Name": "name", "Value": "Ada"]]])
    let account = try script.user()
    let user = try await account.details()
    try await account.save(user, original: user)
    #expect(script.calls.count == 1)
  }

  @Test("passwords are changed")
  func password() async throws {
    let script = ServiceScript([:])
    try await script.user().changePassword(from: Secret(utf8: "old"), to: Secret(utf8: "new"))
    script.expectUserCall("ChangePassword", ["PreviousPassword": "old", "ProposedPassword": "new"])
    await #expect(throws: CognitoError(.invalidInput, "")) {
      try await script.user().changePassword(from: nil, to: Secret(utf8: ""))
    }
    await #expect(throws: CognitoError(.invalidInput, "")) {
      try await script.user().changePassword(from: nil, to: Secret(bytes: [0xff]))
    }
  }

  @Test("attributes are verified with a code")
  func verify() async throws {
    let script = ServiceScript(["CodeDeliveryDetails": SignUpTests.delivery])
    #expect(try await script.user().sendVerificationCode(for: .email)?.attribute == .email)
    script.expectUserCall("GetUserAttributeVerificationCode", ["AttributeName": "email"])
    let second = ServiceScript([:])
    try await second.user().verify(.phoneNumber, code: "42")
    second.expectUserCall("VerifyUserAttribute", ["AttributeName": "phone_number", "Code": "42"])
  }

  @Test("the account is deleted")
  func delete() async throws {
    let script = ServiceScript([:])
    try await script.user().deleteAccount()
    script.expectUserCall("DeleteUser")
  }
}

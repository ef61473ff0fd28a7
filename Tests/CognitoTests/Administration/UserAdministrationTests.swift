import Cognito
import FoundationEssentials
import Testing

@Suite("Administering users")
struct UserAdministrationTests {
  static let user: JSONValue = [
    "Username": "ada", "Attributes": [["Name": "email", "Value": "a@example.com"]], "Enabled": true,
    "UserStatus": "FORCE_CHANGE_PASSWORD", "UserCreateDate": 1.25, "UserLastModifiedDate": 2,
  ]

  @Test("a user is made with all that the service takes")
  func create() async throws {
    let script = ServiceScript(["User": Self.user])
    let user = try await script.administrator().createUser(
      NewUser(
        username: "ada", attributes: [.email: "a@example.com"], temporaryPassword: Secret(utf8: "temp"),
        invitation: .suppress, deliveryMedia: [.email, .sms], forceAliasCreation: true, validationData: ["k": "v"],
        clientMetadata: ["m": "n"]))
    #expect(user.status == .forceChangePassword)
    #expect(user.isEnabled == true)
    #expect(user.attributes.email == "a@example.com")
    #expect(user.created == Date(timeIntervalSince1970: 1.25))
    script.expectAdminCall(
      "AdminCreateUser",
      [
        "Username": "ada", "UserAttributes": [["Name": "email", "Value": "a@example.com"]],
        "TemporaryPassword": "temp", "MessageAction": "SUPPRESS", "DesiredDeliveryMediums": ["EMAIL", "SMS"],
        "ForceAliasCreation": true, "ValidationData": [["Name": "k", "Value": "v"]], "ClientMetadata": ["m": "n"],
      ])
  }

  @Test("what isn't given isn't sent")
  func minimal() async throws {
    let script = ServiceScript(["User": Self.user])
    try await script.administrator().createUser(NewUser(username: "ada"))
    script.expectAdminCall("AdminCreateUser", ["Username": "ada"])
    let resend = ServiceScript(["User": Self.user])
    try await resend.administrator().createUser(NewUser(username: "ada", invitation: .resend))
    resend.expectAdminCall("AdminCreateUser", ["Username": "ada", "MessageAction": "RESEND"])
  }

  @Test("one user comes with state and factors")
  func get() async throws {
    let script = ServiceScript([
      "Username": "ada", "UserAttributes": [], "Enabled": false, "UserStatus": "SOMETHING_NEW",
      "UserMFASettingList": ["SMS_MFA"],
    ])
    let user = try await script.administrator().user("ada")
    #expect(user.isEnabled == false)
    #expect(user.status?.rawValue == "SOMETHING_NEW")
    #expect(user.mfaFactors == [.sms])
    script.expectAdminCall("AdminGetUser", ["Username": "ada"])
  }

  @Test("users are listed through all pages, with filter and chosen attributes")
  func list() async throws {
    let script = ServiceScript(
      ["Users": [["Username": "a"], ["Username": "b"]], "PaginationToken": "p1"], ["Users": [["Username": "c"]]])
    let users = try script.administrator().users(
      filter: .hasPrefix(.email, #"a"\"#), attributes: [.email, .sub], pageSize: 2)
    #expect(try await users.collect().map(\.username) == ["a", "b", "c"])
    let first: JSONValue = [
      "UserPoolId": .string(ServiceScript.poolID), "Filter": #"email ^= "a\"\\""#, "Limit": 2,
      "AttributesToGet": ["email", "sub"],
    ]
    #expect(script.calls[0].body == first)
    #expect(script.calls[1].body["PaginationToken"] == "p1")
    #expect(script.calls.allSatisfy { $0.isSigned })
  }

  @Test("who stops early fetches no more pages")
  func early() async throws {
    let script = ServiceScript(["Users": [["Username": "a"]], "PaginationToken": "p1"])
    #expect(try await script.administrator().users().collect(maximum: 1).count == 1)
    #expect(script.calls.count == 1)
  }

  @Test("a list that leads nowhere new is an error, not an endless loop")
  func circle() async throws {
    let script = ServiceScript(["Users": [], "PaginationToken": "p1"])
    await #expect(throws: CognitoError(.malformedResponse, "")) {
      try await script.administrator().users().collect()
    }
    #expect(script.calls.count == 2)
  }

  @Test("calls about one user name the user and nothing else")
  func plain() async throws {
    func check(
      _ operation: String, _ call: (UserPoolAdministrator) async throws -> Void
    ) async throws {
      let script = ServiceScript([:])
      try await call(script.administrator())
      script.expectAdminCall(operation, ["Username": "ada"])
    }
    try await check("AdminDeleteUser") { try await $0.deleteUser("ada") }
    try await check("AdminEnableUser") { try await $0.enableUser("ada") }
    try await check("AdminDisableUser") { try await $0.disableUser("ada") }
    try await check("AdminConfirmSignUp") { try await $0.confirmSignUp("ada") }
    try await check("AdminResetUserPassword") { try await $0.resetPassword(of: "ada") }
    try await check("AdminUserGlobalSignOut") { try await $0.signOutEverywhere("ada") }
  }

  @Test("passwords and attributes are set and deleted")
  func set() async throws {
    let password = ServiceScript([:])
    try await password.administrator().setPassword(Secret(utf8: "new"), of: "ada", permanent: false)
    password.expectAdminCall("AdminSetUserPassword", ["Username": "ada", "Password": "new", "Permanent": false])
    let update = ServiceScript([:])
    try await update.administrator().update([.custom("x"): "1"], of: "ada", clientMetadata: ["k": "v"])
    update.expectAdminCall(
      "AdminUpdateUserAttributes",
      [
        "Username": "ada", "UserAttributes": [["Name": "custom:x", "Value": "1"]], "ClientMetadata": ["k": "v"],
      ])
    let delete = ServiceScript([:])
    try await delete.administrator().deleteAttributes([.email], of: "ada")
    delete.expectAdminCall("AdminDeleteUserAttributes", ["Username": "ada", "UserAttributeNames": ["email"]])
    let nothing = ServiceScript([:])
    try await nothing.administrator().update([:], of: "ada")
    try await nothing.administrator().deleteAttributes([], of: "ada")
    #expect(nothing.calls.isEmpty)
  }

  @Test("saving a user sends the difference")
  func save() async throws {
    let script = ServiceScript(["Username": "ada", "UserAttributes": [["Name": "name", "Value": "A"]]])
    let administrator = try script.administrator()
    let original = try await administrator.user("ada")
    var changed = original
    changed.attributes[.custom("x")] = "1"
    changed.attributes.name = nil
    try await administrator.save(changed, original: original)
    #expect(
      script.calls.map(\.operation) == ["AdminGetUser", "AdminUpdateUserAttributes", "AdminDeleteUserAttributes"])
  }

  @Test("without AWS credentials nothing is sent")
  func noCredentials() async throws {
    let script = ServiceScript([:])
    await #expect(throws: CognitoError(.credentialsNotFound, "")) {
      try await script.client().administrator.deleteUser("ada")
    }
    #expect(script.calls.isEmpty)
  }
}

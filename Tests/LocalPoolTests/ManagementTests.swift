import Cognito
import LocalPool
import Testing

@Suite("managing pools, users and groups")
struct ManagementTests {
  let harness: PoolHarness
  let pool: String

  init() throws {
    harness = try PoolHarness()
    pool = try harness.makePool()
  }

  func on(_ members: [String: JSONValue]) -> JSONValue {
    .object(members.merging(["UserPoolId": .string(pool)]) { given, _ in given })
  }

  @Test("a pool is described with AWS's defaults")
  func poolDefaults() throws {
    let described = try harness.call("DescribeUserPool", on([:]))["UserPool"]
    #expect(described?["Name"] == "test")
    #expect(described?["MfaConfiguration"] == "OFF")
    #expect(described?["Policies"]?["PasswordPolicy"]?["MinimumLength"] == 8)
    #expect(described?["Policies"]?["PasswordPolicy"]?["RequireSymbols"] == true)
    #expect(described?["SchemaAttributes"]?.array?.contains { $0["Name"] == "email" } == true)
  }

  @Test("an update puts what it doesn't name back to its default, and keeps what can't change")
  func updateReplaces() throws {
    let id = try harness.makePool([
      "AliasAttributes": ["email"], "AutoVerifiedAttributes": ["email"], "MfaConfiguration": "OPTIONAL",
    ])
    try harness.call("UpdateUserPool", ["UserPoolId": .string(id), "DeletionProtection": "ACTIVE"])
    let described = try harness.call("DescribeUserPool", ["UserPoolId": .string(id)])["UserPool"]
    #expect(described?["AliasAttributes"] == ["email"])
    #expect(described?["AutoVerifiedAttributes"] == nil)
    #expect(described?["MfaConfiguration"] == "OFF")
    #expect(try harness.refusal("DeleteUserPool", ["UserPoolId": .string(id)])?.type == "InvalidParameterException")
  }

  @Test("an input that the model forbids is refused in the service's words, all problems at once")
  func validation() throws {
    let refusal = try harness.refusal("AdminGetUser", ["UserPoolId": "nonsense"])
    #expect(
      refusal
        == .invalidParameter(
          "2 validation errors detected: Value 'nonsense' at 'userPoolId' failed to satisfy constraint: "
            + #"Member must satisfy regular expression pattern: [\w-]+_[0-9a-zA-Z]+; "#
            + "Value at 'username' failed to satisfy constraint: Member must not be null"))
    #expect(try harness.refusal("AdminGetUser", ["UserPoolId": 5])?.type == "SerializationException")
  }

  @Test("a thousand things wrong don't make an answer a hundred times as long as the request")
  func manyProblems() throws {
    let many = JSONValue.array(Array(repeating: ["Name": ""], count: 20_000))
    let refused = try harness.refusal("UpdateUserAttributes", ["AccessToken": "a", "UserAttributes": many])
    #expect(refused?.message.hasPrefix("40000 validation errors detected: ") == true)
    #expect((refused?.message.utf8.count ?? .max) < 20_000)
  }

  @Test(
    "a setting of the wrong type is refused, not stored",
    arguments: [
      ["VerificationMessageTemplate": ["EmailMessage": ["x"]]], ["LambdaConfig": ["PreTokenGenerationConfig": "x"]],
    ] as [JSONValue])
  func wrongTypes(_ settings: JSONValue) throws {
    let input = (settings.object ?? [:]).merging(["PoolName": "odd"]) { $1 }
    #expect(try harness.refusal("CreateUserPool", .object(input))?.type == "SerializationException")
  }

  @Test("a user whom an administrator makes has to change the temporary password, which the invitation tells them")
  func createUser() throws {
    let user = try harness.call(
      "AdminCreateUser",
      on(["Username": "alice", "UserAttributes": [["Name": "email", "Value": "alice@example.com"]]]))["User"]
    #expect(user?["UserStatus"] == "FORCE_CHANGE_PASSWORD")
    let message = try #require(try harness.lastMessage())
    #expect(message.destination == "alice@example.com" && message.kind == "invitation")
    let password = try #require(message.code)
    let stored = try harness.context.store.read { try $0.users.find(login: "alice", in: harness.context.pool(pool)) }
    let isRight = try #require(stored?.password)
      .matches(Secret(utf8: password), poolName: String(pool.dropFirst("local_".count)), userID: "alice")
    #expect(isRight)
    #expect(
      try harness.refusal("AdminCreateUser", on(["Username": "alice"]))
        == PoolException("UsernameExistsException", "User account already exists"))
  }

  @Test("a weak password is refused, with the rule that it breaks")
  func passwordPolicy() throws {
    try harness.call("AdminCreateUser", on(["Username": "alice"]))
    let cases = [
      ("Aa1!", "Password not long enough"), ("aaaaaaa1!", "Password must have uppercase characters"),
      ("AAAAAAA1!", "Password must have lowercase characters"), ("AAAAaaaa!", "Password must have numeric characters"),
      ("AAAAaaaa1", "Password must have symbol characters"),
    ]
    for (password, rule) in cases {
      let refusal = try harness.refusal(
        "AdminSetUserPassword", on(["Username": "alice", "Password": .string(password)]))
      #expect(refusal == .invalidPassword("Password did not conform with policy: \(rule)"))
    }
    try harness.call("AdminSetUserPassword", on(["Username": "alice", "Password": "AAAAaaaa1!", "Permanent": true]))
    #expect(try harness.call("AdminGetUser", on(["Username": "alice"]))["UserStatus"] == "CONFIRMED")
  }

  @Test("a password that the history remembers is refused, an older one isn't")
  func passwordHistory() throws {
    let pool = try harness.makePool([
      "Policies": ["PasswordPolicy": ["MinimumLength": 6, "PasswordHistorySize": 2]]
    ])
    func set(_ password: String) throws -> PoolException? {
      try harness.refusal(
        "AdminSetUserPassword",
        ["UserPoolId": .string(pool), "Username": "bob", "Password": .string(password), "Permanent": true])
    }
    try harness.call("AdminCreateUser", ["UserPoolId": .string(pool), "Username": "bob"])
    for password in ["first1", "second", "third3"] { #expect(try set(password) == nil) }
    #expect(try set("third3")?.type == "PasswordHistoryPolicyViolationException")
    #expect(try set("second")?.type == "PasswordHistoryPolicyViolationException")
    #expect(try set("first1") == nil)
  }

  @Test("groups: made, joined, listed by importance, left, deleted")
  func groups() throws {
    try harness.call("AdminCreateUser", on(["Username": "alice"]))
    try harness.call("CreateGroup", on(["GroupName": "staff"]))
    try harness.call("CreateGroup", on(["GroupName": "admins", "Precedence": 1]))
    #expect(try harness.refusal("CreateGroup", on(["GroupName": "staff"]))?.type == "GroupExistsException")
    for group in ["staff", "admins"] {
      try harness.call("AdminAddUserToGroup", on(["Username": "alice", "GroupName": .string(group)]))
    }
    let groups = try harness.call("AdminListGroupsForUser", on(["Username": "alice"]))["Groups"]?.array ?? []
    #expect(groups.map { $0["GroupName"] } == ["admins", "staff"])
    let members = try harness.call("ListUsersInGroup", on(["GroupName": "admins"]))["Users"]?.array ?? []
    #expect(members.map { $0["Username"] } == ["alice"])
    try harness.call("AdminRemoveUserFromGroup", on(["Username": "alice", "GroupName": "admins"]))
    try harness.call("DeleteGroup", on(["GroupName": "staff"]))
    #expect(try harness.call("AdminListGroupsForUser", on(["Username": "alice"]))["Groups"] == [])
    #expect(try harness.refusal("GetGroup", on(["GroupName": "staff"])) == .resourceNotFound("Group not found."))
  }

  @Test("ListUsers pages through all users, and filters")
  func listUsers() throws {
    for number in 0..<5 {
      try harness.call(
        "AdminCreateUser",
        on([
          "Username": .string("u\(number)"),
          "UserAttributes": [["Name": "email", "Value": .string("u\(number)@example.com")]],
        ]))
    }
    var names: [JSONValue?] = []
    var token: JSONValue?
    repeat {
      let page = try harness.call(
        "ListUsers",
        on(["Limit": 2, "AttributesToGet": ["email"]].merging(token.map { ["PaginationToken": $0] } ?? [:]) { $1 }))
      names += (page["Users"]?.array ?? []).map { $0["Username"] }
      token = page["PaginationToken"]
    } while token != nil
    #expect(names == ["u0", "u1", "u2", "u3", "u4"])
    func filtered(_ filter: String) throws -> [JSONValue?] {
      (try harness.call("ListUsers", on(["Filter": .string(filter)]))["Users"]?.array ?? []).map { $0["Username"] }
    }
    #expect(try filtered(#"email = "u3@example.com""#) == ["u3"])
    #expect(try filtered(#"username ^= "u""#).count == 5)
    #expect(try filtered(#"cognito:user_status = "CONFIRMED""#) == [])
    for broken in ["email", "email = u3", #"email = "u3"#, #"nonsense = "x""#, #"email ~ "x""#] {
      #expect(try harness.refusal("ListUsers", on(["Filter": .string(broken)]))?.type == "InvalidParameterException")
    }
  }

  @Test("a client secret can be replaced without an outage, and the last one not be deleted")
  func clientSecrets() throws {
    let client = try harness.makeClient(pool, ["GenerateSecret": true])
    let named = on(["ClientId": .string(client)])
    let added = try harness.call("AddUserPoolClientSecret", named)["ClientSecretDescriptor"]
    #expect(added?["ClientSecretValue"]?.string?.count == 51)
    #expect(try harness.refusal("AddUserPoolClientSecret", named)?.type == "LimitExceededException")
    let ids = (try harness.call("ListUserPoolClientSecrets", named)["ClientSecrets"]?.array ?? [])
      .compactMap { $0["ClientSecretId"] }
    #expect(ids.count == 2)
    func delete(_ id: JSONValue) throws -> PoolException? {
      try harness.refusal("DeleteUserPoolClientSecret", on(["ClientId": .string(client), "ClientSecretId": id]))
    }
    #expect(try delete(ids[0]) == nil)
    #expect(try delete(ids[1])?.type == "InvalidParameterException")
  }

  @Test("a preferred factor has to be set up")
  func factorPreference() throws {
    try harness.call("AdminCreateUser", on(["Username": "alice"]))
    let totp: JSONValue = ["Enabled": true, "PreferredMfa": true]
    let preference = on(["Username": "alice", "SoftwareTokenMfaSettings": totp])
    #expect(
      try harness.refusal("AdminSetUserMFAPreference", preference)
        == .invalidParameter("User has not verified software token mfa"))
    try harness.call(
      "AdminUpdateUserAttributes",
      on(["Username": "alice", "UserAttributes": [["Name": "phone_number", "Value": "+15550100"]]]))
    try harness.call("AdminSetUserMFAPreference", on(["Username": "alice", "SMSMfaSettings": totp]))
    let user = try harness.call("AdminGetUser", on(["Username": "alice"]))
    #expect(user["PreferredMfaSetting"] == "SMS_MFA" && user["UserMFASettingList"] == ["SMS_MFA"])
  }

  @Test("in a pool of e-mail usernames, the address is the attribute and the username a UUID")
  func emailUsernames() throws {
    let pool = try harness.makePool(["UsernameAttributes": ["email"]])
    func create(_ name: String) throws -> PoolException? {
      try harness.refusal("AdminCreateUser", ["UserPoolId": .string(pool), "Username": .string(name)])
    }
    #expect(try create("alice@example.com") == nil)
    #expect(try create("alice@example.com")?.type == "UsernameExistsException")
    #expect(try create("alice") == .invalidParameter("Username should be an email."))
    let user = try harness.call("AdminGetUser", ["UserPoolId": .string(pool), "Username": "alice@example.com"])
    let attributes = user["UserAttributes"]?.array ?? []
    #expect(attributes.contains(["Name": "email", "Value": "alice@example.com"]))
    #expect(attributes.contains(["Name": "sub", "Value": user["Username"] ?? .null]))
  }

  @Test("a verified address is one user's alias; force takes it over")
  func aliases() throws {
    let pool = try harness.makePool(["AliasAttributes": ["email"]])
    func create(_ name: String, force: Bool = false) throws -> PoolException? {
      try harness.refusal(
        "AdminCreateUser",
        [
          "UserPoolId": .string(pool), "Username": .string(name), "ForceAliasCreation": .bool(force),
          "UserAttributes": [
            ["Name": "email", "Value": "x@example.com"], ["Name": "email_verified", "Value": "true"],
          ],
        ])
    }
    #expect(try create("one") == nil)
    #expect(try create("two")?.type == "AliasExistsException")
    #expect(try create("three", force: true) == nil)
    let owner = try harness.call("AdminGetUser", ["UserPoolId": .string(pool), "Username": "x@example.com"])
    #expect(owner["Username"] == "three")
    let loser = try harness.call("AdminGetUser", ["UserPoolId": .string(pool), "Username": "one"])
    #expect(loser["UserAttributes"]?.array?.contains(["Name": "email_verified", "Value": "false"]) == true)
  }
}

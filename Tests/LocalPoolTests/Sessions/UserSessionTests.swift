import Cognito
import FoundationEssentials
import LocalPool
import Testing

@Suite("sessions that a pool tracks")
struct UserSessionTests {
  /// Ada's pool, which tracks sessions.
  private func driver(most: Int = 20, client: [String: JSONValue] = [:]) throws -> SignInDriver {
    let driver = try SignInDriver(client: client)
    try track(driver, most: most)
    return driver
  }

  private func track(_ driver: SignInDriver, _ state: String = "ENABLED", most: Int = 20) throws {
    try driver.harness.call(
      "SetUserPoolSessionConfiguration",
      [
        "UserPoolId": .string(driver.pool), "UserSessionTracking": .string(state),
        "TokenSession": ["MaxPerUser": .int(Int64(most))],
      ])
  }

  private func signIn(_ driver: SignInDriver, from address: String = "127.0.0.1", userAgent: String = "") throws
    -> JSONValue
  {
    // Who is used last must show, also in tests that stop the clock.
    driver.harness.clock.advance(by: 1)
    return try driver.harness.call(
      "InitiateAuth",
      [
        "ClientId": .string(driver.client), "AuthFlow": "USER_PASSWORD_AUTH",
        "AuthParameters": ["USERNAME": "ada", "PASSWORD": .string(driver.password)],
      ], from: address, userAgent: userAgent)
  }

  private func refresh(_ driver: SignInDriver, _ answer: JSONValue, from address: String = "127.0.0.1") throws
    -> JSONValue
  {
    driver.harness.clock.advance(by: 1)
    return try driver.harness.call(
      "InitiateAuth",
      [
        "ClientId": .string(driver.client), "AuthFlow": "REFRESH_TOKEN_AUTH",
        "AuthParameters": ["REFRESH_TOKEN": .string(driver.refreshToken(answer))],
      ], from: address)
  }

  private func list(_ driver: SignInDriver, _ answer: JSONValue) throws -> [JSONValue] {
    try driver.harness.call("ListUserSessions", ["AccessToken": "x"], caller: try driver.caller(answer))["Sessions"]?
      .array ?? []
  }

  private func listed(_ driver: SignInDriver) throws -> [JSONValue] {
    try driver.harness.call(
      "AdminListUserSessions", ["UserPoolId": .string(driver.pool), "Username": "ada"])["Sessions"]?.array ?? []
  }

  private func isGood(_ driver: SignInDriver, _ answer: JSONValue) throws -> Bool {
    let access = try refusal {
      _ = try driver.caller(answer); return .null
    }
    let renewal = try refusal { try refresh(driver, answer) }
    #expect((access == nil) == (renewal == nil), "access and refresh token end together")
    return access == nil
  }

  @Test("a sign-in is one, with all that the service says of it")
  func members() throws {
    let driver = try driver()
    let answer = try signIn(driver, from: "192.0.2.7", userAgent: "cognito-login/1.0 (sudo; laptop) Linux")
    let sessions = try list(driver, answer)
    let session = try #require(sessions.first)
    let id = session["SessionId"]?.string ?? ""
    #expect(sessions.count == 1 && id.count == 28 && id.hasPrefix("tkn"))
    #expect(session["SessionType"] == "TOKEN" && session["ClientId"] == .string(driver.client))
    #expect(session["DeviceType"] == "Linux, cognito-login/1.0 (sudo; laptop)")
    #expect(session["LastIPAddress"] == "192.0.2.7" && session["IsCurrentSession"] == true)
    #expect(session["OriginSessionId"] == nil && session["LastLocation"] == ["Country": "unknown"])
    #expect(session["CreateDate"] == session["LastActiveDate"])
    #expect(try listed(driver).map { $0["IsCurrentSession"] } == [false])
  }

  @Test("a refresh is activity, from where it came; a rotation as well")
  func activity() throws {
    let driver = try driver()
    let answer = try signIn(driver)
    _ = try refresh(driver, answer, from: "192.0.2.9")
    let session = try #require(try list(driver, answer).first)
    #expect(session["LastIPAddress"] == "192.0.2.9")
    #expect(session["LastActiveDate"] != session["CreateDate"])

    let rotating = try self.driver(client: [
      "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"], "RefreshTokenRotation": ["Feature": "ENABLED"],
    ])
    let first = try signIn(rotating)
    rotating.harness.clock.advance(by: 5)
    try rotating.harness.call(
      "GetTokensFromRefreshToken",
      ["ClientId": .string(rotating.client), "RefreshToken": .string(rotating.refreshToken(first))],
      from: "192.0.2.10")
    let sessions = try list(rotating, first)
    #expect(sessions.count == 1 && sessions.first?["LastIPAddress"] == "192.0.2.10")
  }

  @Test("above the pool's number the least recently used ends, of whichever app")
  func eviction() throws {
    let driver = try driver(most: 2)
    let (first, second) = (try signIn(driver), try signIn(driver))
    _ = try refresh(driver, first)
    let third = try signIn(driver)
    #expect(try isGood(driver, first) && !isGood(driver, second) && isGood(driver, third))
    #expect(try listed(driver).count == 2)
  }

  @Test("a smaller number ends nobody before the next sign-in")
  func lowered() throws {
    let driver = try driver(most: 3)
    let answers = try (0..<3).map { _ in try signIn(driver) }
    try track(driver, most: 1)
    #expect(try listed(driver).count == 3)
    let last = try signIn(driver)
    #expect(try answers.map { try isGood(driver, $0) } == [false, false, false])
    #expect(try isGood(driver, last) && listed(driver).count == 1)
  }

  @Test("another session can be ended, the present one and those of others can't")
  func revoke() throws {
    let driver = try driver()
    let (first, second) = (try signIn(driver), try signIn(driver))
    let ids = try list(driver, second).compactMap { $0["SessionId"]?.string }
    func revoke(_ id: String, by answer: JSONValue) throws -> PoolException? {
      try driver.harness.refusal(
        "RevokeUserSession", ["AccessToken": "x", "SessionId": .string(id)], caller: try driver.caller(answer))
    }
    #expect(try revoke(ids[1], by: second)?.type == "InvalidParameterException")
    #expect(try revoke("tkn" + String(repeating: "0", count: 25), by: second)?.type == "ResourceNotFoundException")
    for wrong in ["tkn", "abc" + String(repeating: "0", count: 25), "tkn" + String(repeating: "A", count: 25)] {
      #expect(try revoke(wrong, by: second)?.type == "InvalidParameterException")
    }
    var other = driver
    (other.username, other.password) = ("bob", "Babbage-1791!")
    try driver.addUser(other.username, other.password)
    #expect(try revoke(ids[0], by: try other.byPassword())?.type == "ResourceNotFoundException")
    #expect(try revoke(ids[0], by: second) == nil)
    #expect(try !isGood(driver, first) && isGood(driver, second))
    #expect(try revoke(ids[0], by: second)?.type == "ResourceNotFoundException")
  }

  @Test("an administrator ends any session of the user named")
  func adminRevoke() throws {
    let driver = try driver()
    let answer = try signIn(driver)
    let id = try #require(try listed(driver).first?["SessionId"])
    try driver.addUser("bob", "Babbage-1791!")
    func input(_ name: String) -> JSONValue {
      ["UserPoolId": .string(driver.pool), "Username": .string(name), "SessionId": id]
    }
    #expect(
      try driver.harness.refusal("AdminRevokeUserSession", input("bob"))?.type == "ResourceNotFoundException")
    #expect(try driver.harness.refusal("AdminRevokeUserSession", input("nobody"))?.type == "UserNotFoundException")
    try driver.harness.call("AdminRevokeUserSession", input("ada"))
    #expect(try !isGood(driver, answer) && listed(driver).isEmpty)
  }

  @Test("it ends with its tokens, whoever ends them")
  func ends() throws {
    let driver = try driver()
    let user: [String: JSONValue] = ["UserPoolId": .string(driver.pool), "Username": "ada"]
    let endings: [(String, (JSONValue) throws -> Void)] = [
      (
        "RevokeToken",
        {
          try driver.harness.call(
            "RevokeToken", ["Token": .string(driver.refreshToken($0)), "ClientId": .string(driver.client)])
        }
      ),
      ("GlobalSignOut", { try driver.harness.call("GlobalSignOut", ["AccessToken": "x"], caller: driver.caller($0)) }),
      ("AdminUserGlobalSignOut", { _ in try driver.harness.call("AdminUserGlobalSignOut", .object(user)) }),
      (
        "AdminDisableUser",
        { _ in
          try driver.harness.call("AdminDisableUser", .object(user))
          try driver.harness.call("AdminEnableUser", .object(user))
        }
      ),
      ("the refresh token's age", { _ in driver.harness.clock.advance(by: 31 * 86_400) }),
    ]
    for (name, end) in endings {
      let answer = try signIn(driver)
      #expect(try listed(driver).count == 1, "\(name)")
      try end(answer)
      #expect(try listed(driver).isEmpty, "\(name)")
    }
    _ = try signIn(driver)
    try driver.harness.call("AdminDeleteUser", .object(user))
    try driver.addUser("ada", driver.password)
    #expect(try listed(driver).isEmpty)
  }

  @Test("a forgotten device's and a deleted app client's are gone as well")
  func cascades() throws {
    let driver = try driver()
    try driver.harness.call(
      "UpdateUserPool",
      ["UserPoolId": .string(driver.pool), "DeviceConfiguration": ["ChallengeRequiredOnNewDevice": false]])
    let (first, second) = (try signIn(driver), try signIn(driver))
    func device(_ answer: JSONValue) -> JSONValue {
      answer["AuthenticationResult"]?["NewDeviceMetadata"]?["DeviceKey"] ?? ""
    }
    #expect(device(first) != "" && device(first) != device(second))
    try driver.harness.call(
      "ForgetDevice", ["AccessToken": "x", "DeviceKey": device(first)], caller: try driver.caller(second))
    let left = try list(driver, second)
    #expect(left.count == 1 && left.first?["IsCurrentSession"] == true)
    try driver.harness.call(
      "DeleteUserPoolClient", ["UserPoolId": .string(driver.pool), "ClientId": .string(driver.client)])
    #expect(try listed(driver).isEmpty)
  }

  @Test("without tracking nothing is listed or revoked, and tokens go on")
  func disabled() throws {
    let driver = try driver()
    let answer = try signIn(driver)
    let id = try #require(try listed(driver).first?["SessionId"])
    try track(driver, "DISABLED")
    let caller = try driver.caller(answer)
    let user: [String: JSONValue] = ["UserPoolId": .string(driver.pool), "Username": "ada"]
    let admin: JSONValue = .object(user.merging(["SessionId": id]) { $1 })
    for (name, input) in [
      ("ListUserSessions", ["AccessToken": "x"]), ("RevokeUserSession", ["AccessToken": "x", "SessionId": id]),
      ("AdminListUserSessions", .object(user)), ("AdminRevokeUserSession", admin),
    ] as [(String, JSONValue)] {
      #expect(try driver.harness.refusal(name, input, caller: caller)?.type == "OperationNotEnabledException")
    }
    #expect(try isGood(driver, answer))
    try track(driver)
    #expect(try listed(driver).isEmpty, "what was recorded before is forgotten")
  }

  @Test("a client without token revocation has sessions all the same, which can be ended")
  func withoutRevocation() throws {
    let driver = try driver(client: ["EnableTokenRevocation": false])
    let (first, second) = (try signIn(driver), try signIn(driver))
    let sessions = try list(driver, second)
    #expect(sessions.map { $0["IsCurrentSession"] } == [false, true])
    try driver.harness.call(
      "RevokeUserSession", ["AccessToken": "x", "SessionId": sessions[0]["SessionId"] ?? ""],
      caller: try driver.caller(second))
    #expect(try !isGood(driver, first) && isGood(driver, second))
  }

  @Test("a pool begins without tracking, for twenty sessions, and takes 1 to 100 in the two upper plans")
  func configuration() throws {
    let harness = try PoolHarness()
    let pool = try harness.makePool()
    func configuration() throws -> JSONValue {
      try harness.call("GetUserPoolSessionConfiguration", ["UserPoolId": .string(pool)])
    }
    let standard: JSONValue = [
      "UserPoolId": .string(pool), "UserSessionTracking": "DISABLED", "TokenSession": ["MaxPerUser": 20],
    ]
    #expect(try configuration() == standard)
    func set(_ members: [String: JSONValue]) throws -> PoolException? {
      try harness.refusal(
        "SetUserPoolSessionConfiguration", .object(members.merging(["UserPoolId": .string(pool)]) { $1 }))
    }
    let one: JSONValue = ["MaxPerUser": 1]
    for wrong in [
      ["UserSessionTracking": "ENABLED"], ["TokenSession": one], ["UserSessionTracking": "ON", "TokenSession": one],
      ["UserSessionTracking": "ENABLED", "TokenSession": ["MaxPerUser": 0]],
      ["UserSessionTracking": "ENABLED", "TokenSession": ["MaxPerUser": 101]],
      ["UserSessionTracking": "ENABLED", "TokenSession": [:]],
    ] as [[String: JSONValue]] {
      #expect(try set(wrong)?.type == "InvalidParameterException")
    }
    #expect(try set(["UserSessionTracking": "ENABLED", "TokenSession": ["MaxPerUser": 100]]) == nil)
    #expect(try configuration()["TokenSession"] == ["MaxPerUser": 100])
    // It is shown by its own operation alone, and outlives an update of the others.
    try harness.call("UpdateUserPool", ["UserPoolId": .string(pool)])
    #expect(try configuration()["UserSessionTracking"] == "ENABLED")
    let shown = try harness.call("DescribeUserPool", ["UserPoolId": .string(pool)])["UserPool"]
    #expect(shown?["SessionConfiguration"] == nil)
    try harness.call("UpdateUserPool", ["UserPoolId": .string(pool), "UserPoolTier": "LITE"])
    #expect(
      try set(["UserSessionTracking": "ENABLED", "TokenSession": one])?.type == "FeatureUnavailableInTierException")
  }

  @Test("an app client takes a browser's session for an hour unless it says otherwise, where sessions are tracked")
  func clientConfiguration() throws {
    let harness = try PoolHarness()
    let pool = try harness.makePool()
    let named: [String: JSONValue] = ["UserPoolId": .string(pool), "ClientId": .string(try harness.makeClient(pool))]
    func shown() throws -> JSONValue? {
      try harness.call("GetUserPoolClientSessionConfiguration", .object(named))["SSOSession"]
    }
    func set(_ minutes: Int64) throws -> PoolException? {
      try harness.refusal(
        "SetUserPoolClientSessionConfiguration",
        .object(named.merging(["SSOSession": ["MaxValidityMinutes": .int(minutes)]]) { $1 }))
    }
    #expect(try shown() == ["MaxValidityMinutes": 60])
    #expect(try set(5)?.type == "OperationNotEnabledException")
    try harness.call(
      "SetUserPoolSessionConfiguration",
      ["UserPoolId": .string(pool), "UserSessionTracking": "ENABLED", "TokenSession": ["MaxPerUser": 20]])
    #expect(try set(129_601)?.type == "InvalidParameterException")
    #expect(try set(0) == nil)
    #expect(try shown() == ["MaxValidityMinutes": 0])
    // Other settings don't touch it, nor show it.
    let client = try harness.call("UpdateUserPoolClient", .object(named))["UserPoolClient"]
    #expect(try client?["SessionConfiguration"] == nil && shown() == ["MaxValidityMinutes": 0])
  }
}

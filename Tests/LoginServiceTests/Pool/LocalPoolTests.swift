import Cognito
import FoundationEssentials
import LocalPool
import LoginProtocol
import LoginService
import Testing

/// The daemon's real client against the real server: SRP, codes, tokens and keys as they are.
@Suite("With a user pool")
struct LocalPoolTests {
  struct Setting {
    let pool: LocalUserPool
    let world: World

    init(issuer: String? = nil, client: String? = nil) async throws {
      pool = try await LocalUserPool.start()
      let lines = """
        user_pool_id = \(pool.userPoolID)
        client_id = \(client ?? pool.clientID)
        endpoint = \(pool.endpoint)
        issuer = \(issuer ?? pool.issuer)
        """
      let configuration = try LoginConfiguration.parse(
        Array("[pool]\n\(lines)\n[login]\nallow_groups = *\n".utf8), name: "x")
      world = try World("allow_groups = staff", poolLines: lines, authority: CognitoAuthority(configuration.pool))
      try pool.perform("CreateGroup", ["UserPoolId": .string(pool.userPoolID), "GroupName": "staff"])
    }

    func add(_ name: String, _ password: String, isTemporary: Bool = false) async throws {
      let (id, user) = (JSONValue.string(pool.userPoolID), JSONValue.string(name))
      try pool.perform(
        "AdminCreateUser",
        ["UserPoolId": id, "Username": user, "TemporaryPassword": .string(password), "MessageAction": "SUPPRESS"])
      if !isTemporary {
        try pool.perform(
          "AdminSetUserPassword",
          ["UserPoolId": id, "Username": user, "Password": .string(password), "Permanent": true])
      }
      try pool.perform("AdminAddUserToGroup", ["UserPoolId": id, "Username": user, "GroupName": "staff"])
      try await world.know(name)
    }
  }

  @Test("right and wrong passwords over SRP; the groups come from the verified token")
  func password() async throws {
    let setting = try await Setting()
    try await setting.add("alice", "Correct-horse-1")
    #expect(try await setting.world.converse(.authenticate, ScriptedPrompter("Wrong-horse-1")).code == .denied)
    #expect(try await setting.world.converse(.authenticate, ScriptedPrompter("Correct-horse-1")).code == .success)
    let account = try await setting.world.context.accounts.find(login("alice"))
    #expect(account?.groups == ["staff"] && account?.subject?.isEmpty == false)
    #expect(try await setting.world.converse(.account).code == .success)
    await setting.pool.stop()
  }

  @Test("a temporary password is changed while signing in, by the pool's policy")
  func temporary() async throws {
    let setting = try await Setting()
    try await setting.add("alice", "Temporary-1", isTemporary: true)
    let terminal = ScriptedPrompter("Temporary-1", "weak", "Permanent-horse-2")
    #expect(try await setting.world.converse(.authenticate, terminal).code == .success)
    #expect(terminal.kinds == [.password, .newPassword, .newPassword] && terminal.warnings.count == 1)
    #expect(try await setting.world.converse(.authenticate, ScriptedPrompter("Permanent-horse-2")).code == .success)
    await setting.pool.stop()
  }

  @Test("passwd changes the password in the pool")
  func change() async throws {
    let setting = try await Setting()
    try await setting.add("alice", "Correct-horse-1")
    let terminal = ScriptedPrompter("Correct-horse-1", "weak", "Another-horse-2")
    #expect(try await setting.world.converse(.changeUpdate, as: 10_000, terminal).code == .success)
    #expect(try await setting.world.converse(.authenticate, ScriptedPrompter("Correct-horse-1")).code == .denied)
    #expect(try await setting.world.converse(.authenticate, ScriptedPrompter("Another-horse-2")).code == .success)
    await setting.pool.stop()
  }

  @Test(
    "where the pool tracks devices, a login's tokens can be renewed, and its end leaves no device behind",
    arguments: [false, true])
  func device(asksUser: Bool) async throws {
    let setting = try await Setting()
    let id = JSONValue.string(setting.pool.userPoolID)
    try setting.pool.perform(
      "UpdateUserPool",
      [
        "UserPoolId": id,
        "DeviceConfiguration": [
          "ChallengeRequiredOnNewDevice": false, "DeviceOnlyRememberedOnUserPrompt": .bool(asksUser),
        ],
      ])
    try await setting.add("alice", "Correct-horse-1")
    #expect(try await setting.world.converse(.authenticate, ScriptedPrompter("Correct-horse-1")).code == .success)
    let tokens = try #require(await setting.world.context.leases.lease(of: 10_000)).tokens
    let key = try #require(tokens.deviceKey)
    func devices() throws -> [JSONValue] {
      try setting.pool.perform("AdminListDevices", ["UserPoolId": id, "Username": "alice"])["Devices"]?.array ?? []
    }
    #expect(try devices().map { $0["DeviceKey"]?.string } == [key])
    let renewed = try setting.pool.perform(
      "GetTokensFromRefreshToken",
      [
        "ClientId": .string(setting.pool.clientID), "DeviceKey": .string(key),
        "RefreshToken": .string(tokens.refreshToken?.revealed() ?? ""),
      ])
    #expect(renewed["AuthenticationResult"]?["AccessToken"] != nil)
    try await connected(to: setting.world.server(), as: 10_000) { client async throws in
      #expect(try await client.request(.signOut) == .done)
    }
    #expect(try devices().isEmpty)
    await setting.pool.stop()
  }

  @Test("a sign-out revokes the refresh token at the pool")
  func revoked() async throws {
    let setting = try await Setting()
    try await setting.add("alice", "Correct-horse-1")
    _ = try await setting.world.converse(.authenticate, ScriptedPrompter("Correct-horse-1"))
    let lease = try #require(await setting.world.context.leases.lease(of: 10_000))
    let token = try #require(lease.tokens.refreshToken?.revealed())
    let renewal: [String: JSONValue] = [
      "ClientId": .string(setting.pool.clientID), "AuthFlow": "REFRESH_TOKEN_AUTH",
      "AuthParameters": ["REFRESH_TOKEN": .string(token)],
    ]
    #expect(throws: Never.self) { try setting.pool.perform("InitiateAuth", renewal) }
    try await connected(to: setting.world.server(), as: 10_000) { client async throws in
      #expect(try await client.request(.signOut) == .done)
    }
    #expect(throws: PoolFailure.self) { try setting.pool.perform("InitiateAuth", renewal) }
    await setting.pool.stop()
  }

  @Test("himmelblau a139def5: a pool whose tokens name another issuer signs nobody in")
  func wrongIssuer() async throws {
    let setting = try await Setting(issuer: "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Other")
    try await setting.add("alice", "Correct-horse-1")
    let outcome = try await setting.world.converse(.authenticate, ScriptedPrompter("Correct-horse-1"))
    #expect(outcome.code == .unavailable)
    #expect(await setting.world.context.leases.count == 0)
    await setting.pool.stop()
  }

  @Test("a pool that has gone is out of reach, not a wrong password")
  func gone() async throws {
    let setting = try await Setting()
    try await setting.add("alice", "Correct-horse-1")
    await setting.pool.stop()
    let outcome = try await setting.world.converse(.authenticate, ScriptedPrompter("Correct-horse-1"))
    #expect(outcome.code == .unavailable)
  }
}

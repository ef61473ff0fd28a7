import Cognito
import LoginProtocol
import LoginService
import Testing

@Suite("login add")
struct AddingNamesTests {
  private func add(_ world: World, _ name: String, _ user: String? = nil) async throws -> LoginMessage? {
    try await connected(to: world.server(), as: 0) { try await $0.request(.loginAdd(login(name), poolUser: user)) }
  }

  private func report(_ message: LoginMessage?) throws -> JSONValue {
    guard case .report(let document) = message else {
      Issue.record("refused: \(String(describing: message))")
      return .null
    }
    return try JSONValue.parse(Array(document.utf8))
  }

  private func refusal(_ message: LoginMessage?) -> Refusal? {
    if case .refused(let refusal) = message { refusal } else { nil }
  }

  @Test("says what the pool will be asked for, and keeps the mapping until it is given anew")
  func mapping() async throws {
    let world = try World()
    for user in ["ada@example.com", "e1"] { world.pool.add(user, .init(password: "right", username: "e1")) }
    #expect(try report(await add(world, "ada", "ada@example.com"))["pool_user"] == "ada@example.com")
    #expect(try report(await add(world, "ada"))["pool_user"] == "ada@example.com")
    let changed = try report(await add(world, "ada", "e1"))
    #expect(changed["pool_user"] == "e1" && changed["notes"] == [])
    #expect(try await world.context.accounts.find(login("ada"))?.poolUser == "e1")
    #expect(try await world.context.accounts.list(limit: 9).map(\.id.number) == [10_000])
  }

  @Test("refuses at once what can never work, and says why")
  func impossible() async throws {
    let world = try World()
    #expect(refusal(try await add(world, "ada", "two words"))?.code == .unfitName)
    #expect(refusal(try await add(world, "ada", String(repeating: "n", count: 129)))?.code == .unfitName)
    #expect(refusal(try await add(world, "lovelace", "ada"))?.code == .unfitName)
    #expect(world.records.isEmpty)
    let byEmail = try World("allow_groups = staff\nlogin_name = email")
    #expect(refusal(try await add(byEmail, "ada"))?.text.contains("whole e-mail address") == true)
    let byAttribute = try World("allow_groups = staff\nlogin_name = custom:login")
    #expect(refusal(try await add(byAttribute, "ada"))?.text.contains("--user") == true)
    #expect(byEmail.records.isEmpty && byAttribute.records.isEmpty)
  }

  @Test("by an alias, gives the account to whom the pool knows by it now, says who that is, and to nobody else later")
  func alias() async throws {
    let world = try World()
    world.pool.add("hopper", .init(password: "right", subject: "s", username: "e1"))
    let told = try report(await add(world, "hopper"))
    #expect(told["pool_name"] == "e1" && told["notes"]?[0]?.string?.contains("knows hopper as e1") == true)
    world.pool.add("hopper", .init(password: "right", subject: "t", username: "mallory"))
    #expect(try await world.converse(.authenticate, of: "hopper", ScriptedPrompter("right")).code == .denied)
    world.pool.add("hopper", .init(password: "right", subject: "s", username: "e1"))
    #expect(try await world.converse(.authenticate, of: "hopper", ScriptedPrompter("right")).code == .success)
    // From then on by the pool's own name, whoever takes the alias.
    world.pool.add("hopper", .init(password: "wrong", subject: "t", username: "mallory"))
    world.pool.add("e1", .init(password: "right", subject: "s"))
    #expect(try await world.converse(.authenticate, of: "hopper", ScriptedPrompter("right")).code == .success)
    #expect(world.pool.asked == ["hopper", "hopper", "e1"])
  }

  @Test("a UUID that the pool made up for a name that nobody has lets nobody in but a `sub`")
  func madeUp() async throws {
    let (uuid, world) = ("3f2b1c9e-0d4a-4b7e-9a51-2c6d8e0f1a2b", try World())
    world.pool.add("hopper", .init(password: "right", subject: "s", username: uuid))
    #expect(try report(await add(world, "hopper"))["pool_name"] == .string(uuid))
    #expect(try await world.converse(.authenticate, of: "hopper", ScriptedPrompter("right")).code == .denied)
    world.pool.add("hopper", .init(password: "right", subject: uuid, username: uuid))
    #expect(try await world.converse(.authenticate, of: "hopper", ScriptedPrompter("right")).code == .success)
  }

  @Test("an address that the pool says isn't proved stays nobody's, even if root was told whose it is")
  func unprovedAddress() async throws {
    let (uuid, world) = ("3f2b1c9e-0d4a-4b7e-9a51-2c6d8e0f1a2b", try World())
    func grace(_ claims: [String: JSONValue]) -> FakePool.Person {
      .init(password: "right", subject: uuid, username: uuid, claims: claims)
    }
    let name = "grace@example.com"
    world.pool.add(name, grace(["email": "Grace@example.com", "email_verified": false]))
    _ = try await add(world, name)
    #expect(try await world.converse(.authenticate, of: name, ScriptedPrompter("right")).code == .denied)
    world.pool.add(name, grace(["email": "Grace@example.com"]))
    #expect(try await world.converse(.authenticate, of: name, ScriptedPrompter("right")).code == .success)
  }

  @Test("refuses to give one person of the pool two names")
  func twoNames() async throws {
    let world = try World()
    _ = try await add(world, "ada", "e1")
    #expect(refusal(try await add(world, "lady", "e1"))?.text.contains("ada") == true)
    #expect(world.record("lady.user") == nil)
  }

  @Test("takes a name in other capitals, one that the pool lacks, and any while the pool is away, with a note")
  func notes() async throws {
    let world = try World()
    world.pool.add("ada", .init(password: "right", username: "Ada"))
    world.pool.tell(["People can write it."])
    #expect(try report(await add(world, "ada"))["notes"] == ["People can write it."])
    world.pool.tell([])
    #expect(try report(await add(world, "bob"))["notes"]?[0]?.string?.contains("nobody called bob") == true)
    world.pool.fail(signIn: CognitoError(.network, "no route"))
    #expect(try report(await add(world, "eve"))["notes"]?[0]?.string?.contains("no route") == true)
    #expect(world.record("eve.user") != nil)
  }
}

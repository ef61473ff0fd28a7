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
    // A pool by e-mail, as DescribeUserPool would show by UsernameAttributes.
    world.pool.add("grace@example.com", .init(password: "right", username: "3f2b1c9e"))
    let alias = refusal(try await add(world, "grace@example.com"))
    #expect(alias?.code == .unfitName && alias?.text.contains("knows grace@example.com as 3f2b1c9e") == true)
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

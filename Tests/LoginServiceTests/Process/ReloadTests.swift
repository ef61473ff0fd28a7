import Cognito
import LoginProtocol
import LoginService
import SystemSupport
import Testing

@Suite("a configuration that is read again")
struct ReloadTests {
  static let pool = "[pool]\nuser_pool_id = eu-west-1_Test\nclient_id = client\n"

  /// The world's daemon hears SIGHUP, with this file in place.
  func reload(_ world: World, _ text: String) async throws {
    try world.directory.write("login.conf", text)
    await Reload("\(world.directory.path)/login.conf", context: world.context, manager: ServiceManager(path: nil)).run()
  }

  @Test("from then on it is what decides, and tokens that wait go on waiting")
  func taken() async throws {
    let world = try World("allow_groups = staff")
    let uid = try await world.know("alice")
    world.pool.add("alice", .init(password: "right"))
    #expect(try await world.converse(.authenticate, ScriptedPrompter("right")).code == .success)
    let lease = await world.context.leases.lease(of: uid)
    #expect(lease != nil)
    try await reload(world, Self.pool + "[login]\nallow_groups = directors\n")
    #expect(await world.context.leases.lease(of: uid)?.id == lease?.id)
    #expect(try await world.converse(.account).code == .notPermitted)
    #expect(world.context.login.allowed == .anyOf(["directors"]))
    // Nobody is let in by anything else in the meantime.
    #expect(world.record("alice.user")?["locked"]?.bool == true)
    #expect(world.log.text.contains("configuration read again"))
  }

  @Test(
    "one that can't be taken changes nothing, and is told with its line",
    arguments: [
      (pool + "[login]\nallow_groups = directors\ncolour = blue\n", "login.conf:6: "),
      (
        "[pool]\nuser_pool_id = eu-west-1_Other\nclient_id = client\n[login]\nallow_groups = directors\n",
        "user_pool_id"
      ),
      (pool.replacing("= client", with: "= other") + "[login]\nallow_groups = directors\n", "client_id"),
    ])
  func refused(text: String, told: String) async throws {
    let world = try World("allow_groups = staff")
    try await reload(world, text)
    #expect(world.context.login.allowed == .anyOf(["staff"]))
    #expect(world.log.text.contains("the configuration stays as it was") && world.log.text.contains(told))
  }
}

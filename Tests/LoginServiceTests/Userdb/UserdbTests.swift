import Cognito
import FoundationEssentials
import Glibc
import LoginProtocol
import LoginService
import SystemSupport
import Testing

@Suite("userdb records")
struct UserdbTests {
  let mapping = "allow_groups = *\ngroup_map = admins:sudo, admins:ops"

  @Test("a known person has a user record, a group of the same id, and links by id")
  func person() async throws {
    let world = try World(mapping)
    let id = try await world.know("alice")
    #expect(world.records == ["\(id).group", "\(id).user", "10001.group", "alice.group", "alice.user", "ops.group"])
    let user = try #require(world.record("alice.user"))
    #expect(user["userName"]?.string == "alice" && user["uid"]?.int == Int64(id) && user["gid"]?.int == Int64(id))
    #expect(user["homeDirectory"]?.string == "/home/alice" && user["shell"]?.string == "/bin/bash")
    #expect(world.record("alice.group")?["gid"]?.int == Int64(id))
    #expect(world.record("\(id).user") == user)
    #expect(mode(world.userdbPath + "/\(id).user").map { $0 & mode_t(S_IFMT) } == mode_t(S_IFLNK))
    #expect(mode(world.userdbPath + "/alice.user") == mode_t(S_IFREG) | 0o644)
  }

  @Test("mapped groups are given by membership records, which are not empty")
  func memberships() async throws {
    let world = try World(mapping)
    try await world.know("alice")
    _ = try await world.context.accounts.recordSignIn(login("alice"), subject: "s", groups: ["admins", "docker"])
    try await world.context.userdb.publish()
    #expect(world.records.filter { $0.hasSuffix(".membership") } == ["alice:ops.membership", "alice:sudo.membership"])
    #expect(FileManager.default.contents(atPath: world.userdbPath + "/alice:sudo.membership")?.isEmpty == false)
    // The machine's own group is never answered by us.
    #expect(world.record("sudo.group") == nil && world.record("27.group") == nil)
    _ = try await world.context.accounts.recordSignIn(login("alice"), subject: "s", groups: [])
    try await world.context.userdb.publish()
    #expect(!world.records.contains { $0.hasSuffix(".membership") })
  }

  @Test(
    "himmelblau CVE-2025-49012: a group of the pool gives nothing because of its name",
    arguments: ["sudo", "root", "adm", "docker", "wheel", "staff-local"])
  func groupNames(group: String) async throws {
    let world = try World("allow_groups = *")
    try await world.know("alice")
    _ = try await world.context.accounts.recordSignIn(login("alice"), subject: "s", groups: [group])
    try await world.context.userdb.publish()
    #expect(world.records == ["10000.group", "10000.user", "alice.group", "alice.user"])
  }

  @Test("a mapped group that doesn't exist here, with a name that systems use, isn't made")
  func reservedGroup() async throws {
    let world = try World("allow_groups = *\ngroup_map = admins:docker")
    try await world.know("alice")
    _ = try await world.context.accounts.recordSignIn(login("alice"), subject: "s", groups: ["admins"])
    try await world.context.userdb.publish()
    #expect(!world.records.contains { $0.contains("docker") })
  }

  @Test("records of removed people go, files of others stay")
  func removal() async throws {
    let world = try World()
    try await world.know("alice")
    let foreign = world.userdbPath + "/foreign.user"
    try "{}".write(toFile: foreign, atomically: false, encoding: .utf8)
    chown(foreign, 12_345, 12_345)
    try "old".write(toFile: world.userdbPath + "/.0.cognito-login", atomically: false, encoding: .utf8)
    try await world.context.accounts.remove(login("alice"))
    try await world.context.userdb.publish()
    #expect(world.records == ["foreign.user"])
  }

  @Test("a record that belongs to somebody else is not replaced, and the log says so")
  func foreignOwner() async throws {
    let world = try World()
    let path = world.userdbPath + "/alice.user"
    try "{}".write(toFile: path, atomically: false, encoding: .utf8)
    chown(path, 12_345, 12_345)
    try await world.know("alice")
    #expect(world.record("alice.user") == [:])
    #expect(world.log.text.contains("alice.user"))
  }

  @Test("himmelblau 6ddf1cf2: a link in the place of a record is replaced, not followed")
  func link() async throws {
    let world = try World()
    let victim = try world.directory.write("victim", "precious")
    symlink(victim, world.userdbPath + "/alice.user")
    try await world.know("alice")
    #expect(world.record("alice.user")?["userName"] == "alice")
    #expect(try String(contentsOfFile: victim, encoding: .utf8) == "precious")
  }

  @Test("the folder itself must not be a link")
  func folderLink() throws {
    let directory = try TemporaryDirectory()
    symlink(directory.folder("real"), directory.path + "/link")
    #expect(throws: ConfigurationError.self) { try UserdbFolder(directory.path + "/link") }
  }

  @Test("people whose id is outside the configured range have no record")
  func outsideRange() async throws {
    let directory = try TemporaryDirectory()
    try await World(directory: directory).know("alice")
    let world = try World("allow_groups = *\nuid_min = 30000\nuid_max = 30010", directory: directory)
    try await world.context.userdb.publish()
    #expect(world.records.isEmpty)
  }

  @Test("a disabled person keeps the name and loses the groups")
  func disabled() async throws {
    let world = try World(mapping)
    try await world.know("alice")
    _ = try await world.context.accounts.recordSignIn(login("alice"), subject: "s", groups: ["admins"])
    try await world.context.accounts.markDisabled(login("alice"))
    try await world.context.userdb.publish()
    #expect(world.record("alice.user") != nil && !world.records.contains { $0.hasSuffix(".membership") })
  }
}

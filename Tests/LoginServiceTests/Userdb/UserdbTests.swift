import Cognito
import FoundationEssentials
import Glibc
import LoginProtocol
import LoginRecords
import LoginService
import Synchronization
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
    let world = try World("allow_groups = *\ngroup_map = admins:postgres")
    try await world.know("alice")
    _ = try await world.context.accounts.recordSignIn(login("alice"), subject: "s", groups: ["admins"])
    try await world.context.userdb.publish()
    #expect(!world.records.contains { $0.contains("postgres") })
  }

  @Test("a name that is added while all records are written keeps its id")
  func addedMeanwhile() async throws {
    let world = try World(mapping)
    let written = Mutex(false)
    let allWritten = Mutex<Task<Void, any Error>?>(nil)
    world.writer.meanwhile(after: { requests in
      if requests.first == .all {
        written.withLock { $0 = true }
      } else if allWritten.withLock({ $0 == nil }) {
        // The id is bound, and the account isn't there yet.
        allWritten.withLock { $0 = Task { try await world.context.userdb.publish() } }
        for _ in 0..<1000 where !written.withLock({ $0 }) { await Task.yield() }
      }
    })
    _ = try await world.context.accounts.add(login("alice"))
    try await allWritten.withLock { $0 }?.value
    world.writer.meanwhile()
    try await world.context.userdb.publish(login("alice"))
    #expect(world.record("alice.user")?["uid"]?.int == 10_000)
  }

  @Test("a name that is added twice at the same moment is one account, with one id")
  func addedTwice() async throws {
    let world = try World(mapping)
    let second = Mutex<Task<Account, any Error>?>(nil)
    world.writer.meanwhile(before: { _ in
      guard second.withLock({ $0 == nil }) else { return }
      second.withLock { $0 = Task { try await world.context.accounts.add(login("alice")) } }
      for _ in 0..<100 { await Task.yield() }
    })
    let first = try await world.context.accounts.add(login("alice"))
    let other = try await second.withLock { $0 }?.value
    world.writer.meanwhile()
    #expect(other?.id == first.id)
    try await world.context.userdb.publish(login("alice"))
    #expect(world.record("alice.user")?["uid"]?.int == Int64(first.id.number))
  }

  @Test("who loses a right while all records are written doesn't get it back from the older picture")
  func lostMeanwhile() async throws {
    let world = try World(mapping)
    try await world.know("alice")
    _ = try await world.context.accounts.recordSignIn(login("alice"), subject: "s", groups: ["admins"])
    let told = Mutex(false)
    let loss = Mutex<Task<Void, any Error>?>(nil)
    world.writer.meanwhile(
      before: { requests in
        guard requests.first == .all else { return }
        loss.withLock {
          $0 = Task {
            try await world.context.accounts.markDisabled(login("alice"))
            try await world.context.userdb.publish(login("alice"))
          }
        }
        for _ in 0..<1000 where !told.withLock({ $0 }) { await Task.yield() }
      },
      after: { requests in if requests.first != .all { told.withLock { $0 = true } } })
    try await world.context.userdb.publish()
    try await loss.withLock { $0 }?.value
    #expect(world.record("alice.user")?["locked"]?.bool == true)
    #expect(!world.records.contains { $0.hasSuffix(".membership") })
  }

  @Test("records of removed people go, files of others stay")
  func removal() async throws {
    let world = try World()
    try await world.know("alice")
    let foreign = world.userdbPath + "/foreign.user"
    try "{}".write(toFile: foreign, atomically: false, encoding: .utf8)
    chown(foreign, 12_345, 12_345)
    try await world.context.accounts.remove(login("alice"))
    try await world.context.userdb.publish()
    #expect(world.records == ["foreign.user"])
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
    #expect(throws: ConfigurationError.self) { try RecordFolder(directory.path + "/link") }
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

  @Test("who may not log in has a locked record, which a sign-in unlocks")
  func locked() async throws {
    let world = try World("allow_groups = staff")
    world.pool.add("alice", .init(password: "right"))
    try await world.know("alice")
    #expect(world.record("alice.user")?["locked"]?.bool == true)
    #expect(try await world.converse(.authenticate, ScriptedPrompter("right")).code == .success)
    #expect(try #require(world.record("alice.user"))["locked"] == nil)
    try await world.context.accounts.markDisabled(login("alice"))
    try await world.context.userdb.publish(login("alice"))
    #expect(world.record("alice.user")?["locked"]?.bool == true)
  }

  @Test("a group that the writer holds back doesn't keep the person out, and the log says so")
  func withheld() async throws {
    let world = try World("allow_groups = *\ngroup_map = admins:toor, admins:sudo")
    try world.directory.write("group", "root:x:0:\ntoor:x:0:\nsudo:x:27:\n")
    world.pool.add("alice", .init(password: "right", groups: ["admins"]))
    try await world.know("alice")
    #expect(try await world.converse(.authenticate, ScriptedPrompter("right")).code == .success)
    #expect(world.records.filter { $0.hasSuffix(".membership") } == ["alice:sudo.membership"])
    #expect(world.log.text.contains("toor"))
  }

  @Test("without the writer nobody is made known, rights stay as they were told, and all is told when it is back")
  func writerAway() async throws {
    let world = try World("allow_groups = *\ngroup_map = admins:sudo")
    world.pool.add("alice", .init(password: "right", groups: ["admins"]))
    try await world.know("alice")
    #expect(try await world.converse(.authenticate, ScriptedPrompter("right")).code == .success)
    world.writer.leave()
    await #expect(throws: (any Error).self) { try await world.know("bob") }
    // Whose rights didn't change gets in; who lost some doesn't, as long as the machine still says that they have them.
    #expect(try await world.converse(.authenticate, ScriptedPrompter("right")).code == .success)
    world.pool.add("alice", .init(password: "right", groups: []))
    #expect(try await world.converse(.authenticate, ScriptedPrompter("right")).code == .failed)
    #expect(await world.context.userdb.isBehind)
    #expect(try await world.converse(.authenticate, ScriptedPrompter("right")).code == .failed)
    world.writer.comeBack()
    #expect(try await world.converse(.authenticate, ScriptedPrompter("right")).code == .success)
    #expect(world.records.allSatisfy { !$0.hasSuffix(".membership") })
  }

  @Test("accounts of a daemon that wrote its records itself keep their ids")
  func takenOver() async throws {
    let directory = try TemporaryDirectory()
    func before() async throws -> UInt32 {
      let world = try World(directory: directory)
      for name in ["alice", "bob", "carol"] { try await world.know(name) }
      try await world.context.accounts.remove(login("carol"))
      return try #require(try await world.context.accounts.find(login("bob"))).id.number
    }
    let bob = try await before()
    try FileManager.default.removeItem(atPath: directory.path + "/bindings")
    let world = try World(directory: directory)
    try await world.context.userdb.publish()
    #expect(world.record("bob.user")?["uid"]?.int == Int64(bob))
    // Carol's id, of which the writer knows nothing, isn't given again.
    #expect(try await world.know("dora") == bob + 2)
  }
}

import Cognito
import Glibc
import LoginProtocol
import LoginRecords
import LoginService
import SystemSupport
import TestSupport
import Testing

@Suite("Accounts")
struct AccountsTests {
  @Test("authd CVE-2024-9312: each name gets an id of its own, whatever the names are")
  func distinct() async throws {
    let world = try World()
    var seen: Set<UInt32> = []
    for index in 0..<50 { seen.insert(try await world.know("user\(index)")) }
    #expect(seen.count == 50 && seen.min() == 10_000 && seen.max() == 10_049)
  }

  @Test("a name keeps its id, also when it is added again and after a restart")
  func stable() async throws {
    let directory = try TemporaryDirectory()
    func firstRun() async throws -> UInt32 {
      let world = try World(directory: directory)
      let id = try await world.know("alice")
      try await world.know("bob")
      #expect(try await world.know("alice") == id)
      // One daemon at a time gives ids away.
      #expect(throws: ConfigurationError.self) { try World(directory: directory) }
      return id
    }
    let id = try await firstRun()
    let world = try World(directory: directory)
    #expect(try await world.context.accounts.find(login("alice"))?.id.number == id)
  }

  @Test("an id is never given twice, even to the same name after it was removed")
  func neverReused() async throws {
    let world = try World()
    let first = try await world.know("alice")
    try await world.context.accounts.remove(login("alice"))
    #expect(try await world.context.accounts.find(login("alice")) == nil)
    #expect(try await world.know("bob") != first)
    #expect(try await world.know("alice") != first)
  }

  @Test("when the range is used up nobody gets a wrong id")
  func exhausted() async throws {
    let world = try World("allow_groups = staff\nuid_min = 20000\nuid_max = 20001")
    try await world.know("a")
    try await world.know("b")
    try await world.context.accounts.remove(login("a"))
    await #expect(throws: AccountError.idsExhausted) { try await world.know("c") }
  }

  @Test("ids that the machine itself uses are left out")
  func localIDs() async throws {
    let world = try World("allow_groups = staff\nuid_min = 1499\nuid_max = 1502")
    #expect(try await [world.know("a"), world.know("b")] == [1499, 1501])
  }

  @Test("names of the machine's users and groups are refused", arguments: ["lovelace", "root", "sudo", "staff-local"])
  func localNames(name: String) async throws {
    let world = try World()
    await #expect(throws: AccountError.localName(name)) { try await world.know(name) }
  }

  @Test(
    "names that systems use for themselves are refused, also where they don't exist yet",
    arguments: ["docker", "wheel", "admin", "systemd-network", "lxd", "_apt", "cognito-login"])
  func reserved(name: String) async throws {
    let world = try World()
    await #expect(throws: AccountError.reservedName(name)) { try await world.know(name) }
  }

  @Test("SSSD CVE-2025-11561: a local user who comes later wins, and the account is gone while it is there")
  func localWins() async throws {
    let world = try World()
    let id = try await world.know("alice")
    #expect(world.record("alice.user") != nil)
    try world.directory.write("passwd", "root:x:0:0::/root:/bin/sh\nalice:x:1001:1001::/home/alice:/bin/sh\n")
    try await world.context.userdb.publish()
    #expect(try await world.context.accounts.find(login("alice")) == nil)
    #expect(world.records.isEmpty)
    #expect(try await world.converse(.authenticate) == outcome(.unknownUser, .authenticate))
    try world.directory.write("passwd", "root:x:0:0::/root:/bin/sh\n")
    #expect(try await world.context.accounts.find(login("alice"))?.id.number == id)
  }

  @Test("an unreadable /etc/passwd makes nobody known")
  func unreadable() async throws {
    let world = try World()
    try await world.know("alice")
    unlink(world.directory.path + "/passwd")
    await #expect(throws: AccountFiles.Unreadable.self) { try await world.context.accounts.find(login("alice")) }
    #expect(try await world.converse(.account).code == .failed)
  }

  @Test("the first sign-in pins the person; somebody else with the name is refused for good")
  func pinned() async throws {
    let world = try World()
    try await world.know("alice")
    let accounts = world.context.accounts
    #expect(try await accounts.recordSignIn(login("alice"), subject: "s1", groups: ["a"]).subject == "s1")
    await #expect(throws: AccountError.anotherPerson("alice")) {
      try await accounts.recordSignIn(login("alice"), subject: "s2", groups: [])
    }
    #expect(try await accounts.find(login("alice"))?.groups == ["a"])
  }

  @Test("one person of the pool has one account")
  func onePersonOneAccount() async throws {
    let world = try World()
    try await world.know("alice")
    try await world.know("alicia")
    let accounts = world.context.accounts
    _ = try await accounts.recordSignIn(login("alice"), subject: "s1", groups: [])
    await #expect(throws: AccountError.anotherName("alice")) {
      try await accounts.recordSignIn(login("alicia"), subject: "s1", groups: [])
    }
  }

  @Test("authd CVE-2026-6970: signing in again changes groups and never an id")
  func idsStayOnUpdate() async throws {
    let world = try World()
    let id = try await world.know("alice")
    for groups in [["a"], ["b", "c"], []] as [Set<String>] {
      let account = try await world.context.accounts.recordSignIn(login("alice"), subject: "s", groups: groups)
      #expect(account.id.number == id && account.groups == groups)
    }
    #expect(world.record("alice.user")?["gid"]?.int == Int64(id))
  }

  @Test("himmelblau 8ea08953: the file is the daemon's alone, in a folder that is the daemon's alone")
  func modes() async throws {
    let world = try World()
    try await world.know("alice")
    let state = world.directory.path + "/state"
    #expect(mode(state) == mode_t(S_IFDIR) | 0o700)
    #expect(mode(state + "/accounts.sqlite") == mode_t(S_IFREG) | 0o600)
  }

  @Test("a state folder that others can enter, or that another daemon uses, is refused")
  func stateFolder() throws {
    let directory = try TemporaryDirectory()
    let open = directory.folder("open", mode: 0o755)
    #expect(throws: ConfigurationError.self) { try StateDirectory(open) }
    let first = try StateDirectory(directory.path + "/state")
    #expect(throws: ConfigurationError.self) { try StateDirectory(first.path) }
  }

  @Test("himmelblau 6ddf1cf2: a link in the place of the accounts file is not followed")
  func link() async throws {
    let directory = try TemporaryDirectory()
    let victim = try directory.write("victim", "precious")
    symlink(victim, directory.folder("state") + "/accounts.sqlite")
    #expect(throws: DatabaseError.self) { try World(directory: directory) }
    #expect(mode(victim) == mode_t(S_IFREG) | 0o644)
  }

  @Test("a file of a newer version is left alone")
  func newerVersion() async throws {
    let directory = try TemporaryDirectory()
    try await World(directory: directory).know("alice")
    try sql(directory.path + "/state/accounts.sqlite", "PRAGMA user_version = 99")
    #expect(throws: AccountError.self) { try World(directory: directory) }
  }

  @Test(
    "the file itself refuses what no code of ours may do",
    arguments: [
      "UPDATE ids SET id = 10007", "DELETE FROM ids", "UPDATE ids SET name = 'bob'", "UPDATE accounts SET id = 10007",
      "UPDATE accounts SET subject = 'other'", "INSERT INTO ids VALUES (0, 'user', 'x', 0, NULL)",
      "INSERT INTO ids VALUES (61200, 'user', 'x', 0, NULL)",
      "INSERT INTO ids VALUES (10005, 'user', 'alice', 0, NULL)",
    ])
  func schema(statement: String) async throws {
    let world = try World()
    try await world.know("alice")
    _ = try await world.context.accounts.recordSignIn(login("alice"), subject: "s", groups: [])
    #expect(throws: SQLFailure.self) { try sql(world.directory.path + "/state/accounts.sqlite", statement) }
  }
}

func outcome(_ code: Outcome.Code, _ operation: LoginProtocol.Hook, _ name: String = "alice") throws -> Outcome {
  Outcome(operation: operation, user: try login(name), code: code)
}

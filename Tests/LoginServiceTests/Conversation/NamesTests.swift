import Cognito
import LoginProtocol
import LoginService
import Testing

@Suite("Signing in by the name that the pool knows")
struct NamesTests {
  private static let uuid = "3f2b1c9e-0d4a-4b7e-9a51-2c6d8e0f1a2b"

  private func person(_ claims: [String: JSONValue] = [:], groups: Set<String> = ["staff"]) -> FakePool.Person {
    .init(password: "right", subject: Self.uuid, groups: groups, username: Self.uuid, claims: claims)
  }

  private func subject(_ world: World, _ name: String) async throws -> String? {
    try await world.context.accounts.find(login(name))?.subject
  }

  @Test("in a pool by e-mail, ada is asked for as ada@example.com and bound to her sub")
  func email() async throws {
    let world = try World("allow_groups = staff\nlogin_name = email\nemail_domains = example.com")
    world.pool.add("ada@example.com", person(["email": "ada@example.com", "email_verified": true]))
    try await world.know("ada")
    #expect(try await world.converse(.authenticate, of: "ada", ScriptedPrompter("right")).code == .success)
    #expect(world.pool.asked == ["ada@example.com"])
    #expect(try await subject(world, "ada") == Self.uuid)
    #expect(try await world.converse(.account, of: "ada").code == .success)
  }

  @Test("root's mapping decides what is asked, with any name that the pool may have")
  func mapped() async throws {
    for asked in [Self.uuid, "Ada.Lovelace+x@Example.COM", String(repeating: "n", count: 128), "Ada"] {
      let world = try World()
      world.pool.add(asked, .init(password: "right", subject: "s", username: asked))
      try await world.know("ada", as: asked)
      #expect(try await world.converse(.authenticate, of: "ada", ScriptedPrompter("right")).code == .success)
      #expect(world.pool.asked == [asked])
    }
  }

  @Test("whoever has an unverified address, or is somebody else, is refused and bound to nothing")
  func unproved() async throws {
    let world = try World("allow_groups = staff\nlogin_name = email")
    world.pool.add("ada@example.com", person(["email": "ada@example.com", "email_verified": false]))
    try await world.know("ada@example.com")
    let terminal = ScriptedPrompter("right")
    #expect(try await world.converse(.authenticate, of: "ada@example.com", terminal).code == .denied)
    #expect(try await subject(world, "ada@example.com") == nil)
    #expect(await world.context.leases.count == 0)
    #expect(terminal.warnings == ["The user name or the password is wrong, or this account can't be used."])
    #expect(world.log.text.contains("--user \(Self.uuid)"))
    try await eventually { world.pool.revoked.count == 1 }
  }

  @Test("a stranger can't take a name by writing an attribute")
  func writableAttribute() async throws {
    for (line, claim) in [("preferred_username", "preferred_username"), ("custom:login", "custom:login")] {
      let world = try World("allow_groups = staff\nlogin_name = \(line)")
      var stranger = person([claim: "ada"])
      stranger.writable = [claim]
      world.pool.add("ada", stranger)
      try await world.know("ada", as: "ada")
      #expect(try await world.converse(.authenticate, of: "ada", ScriptedPrompter("right")).code == .notPermitted)
      #expect(try await subject(world, "ada") == nil)
      #expect(world.log.text.contains("can write \(claim)"))
      // The same person where nobody but an administrator can write it.
      stranger.writable = []
      world.pool.add("ada", stranger)
      #expect(try await world.converse(.authenticate, of: "ada", ScriptedPrompter("right")).code == .success)
      // From then on the sub decides, and what can be written doesn't matter.
      stranger.writable = [claim]
      world.pool.add("ada", stranger)
      #expect(try await world.converse(.authenticate, of: "ada", ScriptedPrompter("right")).code == .success)
    }
  }

  @Test("while nobody can say who writes an attribute, nobody is signed in by it")
  func unknownWriters() async throws {
    let world = try World("allow_groups = staff\nlogin_name = preferred_username")
    world.pool.add("ada", person(["preferred_username": "ada"]))
    world.pool.fail(write: CognitoError(.tooManyRequests, "slow down"))
    try await world.know("ada")
    #expect(try await world.converse(.authenticate, of: "ada", ScriptedPrompter("right")).code == .unavailable)
    #expect(try await subject(world, "ada") == nil)
  }

  @Test("CVE-2026-87853 (SSSD idp): with the sub bound, one that begins the same is another person")
  func subjectPrefix() async throws {
    let world = try World()
    world.pool.add("ada", .init(password: "right", subject: "ada"))
    world.pool.add("adam", .init(password: "right", subject: "adam"))
    for name in ["ada", "adam"] {
      try await world.know(name)
      #expect(try await world.converse(.authenticate, of: name, ScriptedPrompter("right")).code == .success)
    }
    world.pool.add("ada", .init(password: "right", subject: "adam"))
    world.pool.add("adam", .init(password: "right", subject: "ada"))
    for name in ["ada", "adam"] {
      #expect(try await world.converse(.authenticate, of: name, ScriptedPrompter("right")).code == .notPermitted)
      #expect(try await subject(world, name) == name)
    }
  }

  @Test("finding 14: a sign-in that the policy refuses binds nothing, and the right person comes in later")
  func refusedBindsNothing() async throws {
    let world = try World("allow_groups = staff\n[service sudo]\ngroups = admins")
    try await world.know("newada")
    world.pool.add("newada", .init(password: "right", subject: "stranger", groups: []))
    #expect(try await world.converse(.authenticate, of: "newada", ScriptedPrompter("right")).code == .notPermitted)
    #expect(try await subject(world, "newada") == nil)
    world.pool.add("newada", .init(password: "right", subject: "ada", groups: ["staff"]))
    #expect(
      try await world.converse(.authenticate, of: "newada", service: "sudo", ScriptedPrompter("right")).code
        == .notPermitted)
    #expect(try await subject(world, "newada") == nil)
    #expect(try await world.converse(.authenticate, of: "newada", ScriptedPrompter("right")).code == .success)
    #expect(try await subject(world, "newada") == "ada")
  }

  @Test("one person of the pool has one name here, and a second one leaves no account behind")
  func oneName() async throws {
    let world = try World("allow_groups = staff\nallow_unknown = yes\nplain_names = yes")
    for name in ["ada", "lady"] { world.pool.add(name, .init(password: "right", subject: "s")) }
    #expect(try await world.converse(.authenticate, of: "ada", ScriptedPrompter("right")).code == .success)
    #expect(try await world.converse(.authenticate, of: "lady", ScriptedPrompter("right")).code == .notPermitted)
    #expect(try await world.context.accounts.list(limit: 9).map(\.name.text) == ["ada"])
  }

  @Test("local and reserved names win over every mapping")
  func localNames() async throws {
    let world = try World("allow_groups = staff\nallow_unknown = yes")
    for name in ["lovelace", "docker", "root"] {
      await #expect(throws: AccountError.self) { try await world.know(name, as: "ada@example.com") }
      #expect(try await world.converse(.authenticate, of: name, ScriptedPrompter("right")).code == .unknownUser)
    }
    #expect(world.pool.asked.isEmpty)
  }

  @Test("with allow_unknown a name that the pool can't be asked for is unknown, before any prompt")
  func unaskable() async throws {
    let world = try World("allow_groups = staff\nallow_unknown = yes\nlogin_name = email")
    let terminal = ScriptedPrompter("right")
    #expect(try await world.converse(.authenticate, of: "ada", terminal).code == .unknownUser)
    #expect(terminal.prompts.isEmpty)
  }

  @Test("passwd changes the password of the person who is meant, not of who answers to the name")
  func change() async throws {
    let world = try World()
    world.pool.add("e1", .init(password: "right", subject: "s", username: "e1"))
    try await world.know("ada", as: "e1")
    #expect(try await world.converse(.authenticate, of: "ada", ScriptedPrompter("right")).code == .success)
    let terminal = ScriptedPrompter("right", "long enough")
    #expect(try await world.converse(.changeUpdate, of: "ada", service: "passwd", terminal).code == .success)
    world.pool.add("e1", .init(password: "right", subject: "t", username: "e1"))
    #expect(
      try await world.converse(.changeCheck, of: "ada", service: "passwd", ScriptedPrompter("right")).code
        == .notPermitted)
  }

  @Test("aws/res: a challenge is no success, whatever it asks")
  func challengeIsNoSuccess() async throws {
    let world = try World()
    try await world.know("ada")
    world.pool.add("ada", .init(password: "right", code: "123456"))
    await #expect(throws: ConversationEnded.self) {
      try await world.converse(.authenticate, of: "ada", ScriptedPrompter("right"))
    }
    world.pool.add("ada", .init(password: "right", isTemporary: true))
    await #expect(throws: ConversationEnded.self) {
      try await world.converse(.authenticate, of: "ada", ScriptedPrompter("right"))
    }
    #expect(await world.context.leases.count == 0)
    #expect(try await subject(world, "ada") == nil && world.pool.password(of: "ada") == "right")
    #expect(try await world.converse(.account, of: "ada").code == .notPermitted)
  }

  @Test("aws/res: no gid and no uid is made from a name; they are counted, and a group of the machine keeps its own")
  func neverHashed() async throws {
    let world = try World("allow_groups = staff\ngroup_map = staff:operators")
    let other = try World("allow_groups = staff\ngroup_map = staff:operators")
    for (world, names) in [(world, ["ada", "adam"]), (other, ["zoe", "ada"])] {
      for name in names {
        world.pool.add(name, .init(password: "right", subject: name))
        try await world.know(name)
        #expect(try await world.converse(.authenticate, of: name, ScriptedPrompter("right")).code == .success)
      }
    }
    #expect(world.record("ada.user")?["gid"]?.int != other.record("ada.user")?["gid"]?.int)
    let gids = ["ada", "adam", "operators"].compactMap { world.record("\($0).group")?["gid"]?.int }.sorted()
    #expect(gids.count == 3 && Set(gids).count == 3 && gids.allSatisfy { (10_000...10_010).contains($0) })
  }

  @Test("finding 10: an answer that equals an earlier secret of the conversation is no new password")
  func sameSecret() async throws {
    let world = try World()
    try await world.know("ada")
    world.pool.add("ada", .init(password: "temporary-1", code: "12345678", isTemporary: true))
    // ssh's password method: one text for every hidden prompt.
    let stubborn = ScriptedPrompter(
      "temporary-1", "12345678", "temporary-1", "temporary-1", "temporary-1", "temporary-1")
    #expect(try await world.converse(.authenticate, of: "ada", stubborn).code == .denied)
    #expect(stubborn.kinds == [.password, .code, .newPassword, .newPassword, .newPassword])
    let code = ScriptedPrompter("temporary-1", "12345678", "12345678", "another-2")
    #expect(try await world.converse(.authenticate, of: "ada", code).code == .success)
    #expect(code.warnings == ["The new password is one that you just typed.\nChoose another password."])
    #expect(world.pool.password(of: "ada") == "another-2")
  }
}

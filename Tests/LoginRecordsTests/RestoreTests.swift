import Glibc
import LoginRecords
import Testing

/// A machine that starts again with an empty /run, and no daemon.
@Suite("records that come back")
struct RestoreTests {
  let machine = Machine()

  /// Two people, one of them locked; then the machine is switched off.
  func live() throws -> [String] {
    let keeper = try machine.keeper()
    #expect(keeper.say("all") == "done")
    #expect(keeper.say("user mary - open sudo").hasPrefix("bound "))
    #expect(keeper.say("user joan - locked -").hasPrefix("bound "))
    #expect(keeper.say("end") == "done")
    let records = machine.records
    machine.switchOff()
    return records
  }

  @Test("as they were: names, ids, groups and locks")
  func back() throws {
    let before = try live()
    let locked = "\"locked\":true"
    try machine.keeper().restore()
    #expect(machine.records == before && before.contains("mary:sudo.membership"))
    #expect(machine.read("userdb/mary.user")?.contains(locked) == false)
    #expect(machine.read("userdb/joan.user")?.contains(locked) == true)
    #expect(machine.log == ["<5>made known again as they were last: 2 people"])
    // What is there is the daemon's word: it isn't touched.
    #expect(try machine.keeper().say("user mary 10001 locked -") == "bound 10001 -")
    try machine.keeper().restore()
    #expect(machine.read("userdb/mary.user")?.contains(locked) == true)
    machine.switchOff()
    try machine.keeper().restore()
    #expect(machine.read("userdb/mary.user")?.contains(locked) == true)
    #expect(!machine.records.contains("mary:sudo.membership"))
  }

  @Test("with the configuration of before, while the one that is there can't be read; told once")
  func brokenConfiguration() throws {
    machine.login = "home_prefix = /srv\ngroup_map = admins:sudo, admins:ops"
    let before = try live()
    machine.login = "uid_min = 5"
    let keeper = try machine.keeper()
    keeper.restore()
    #expect(machine.records == before)
    #expect(machine.read("userdb/mary.user")?.contains("/srv/mary") == true)
    #expect(keeper.say("user mary 10001 open sudo") == "bound 10001 -")
    #expect(keeper.say("user mary 10001 open disk") == "bound 10001 disk")
    #expect(machine.log.filter { $0.contains("test.conf") }.count == 1, "\(machine.log)")
  }

  @Test("but nobody's whom root's configuration or the machine has left no room for since")
  func changed() throws {
    _ = try live()
    machine.login = "group_map = admins:ops"
    machine.write("passwd", "root:x:0:0::/root:/bin/sh\njoan:x:1002:1002::/home/joan:/bin/sh\n")
    try machine.keeper().restore()
    #expect(machine.records.contains("mary.user") && !machine.records.contains("mary:sudo.membership"))
    #expect(!machine.records.contains("joan.user"))
  }

  @Test("nor of whom was withdrawn, nor after all were")
  func withdrawn() throws {
    _ = try live()
    #expect(try machine.keeper().say("withdraw mary") == "done")
    try machine.keeper().restore()
    #expect(machine.records.contains("joan.user") && !machine.records.contains("mary.user"))
    try machine.keeper().removeAllRecords()
    try machine.keeper().restore()
    #expect(!machine.records.contains("joan.user"))
  }

  @Test(
    "locked, where nothing but the id is known",
    arguments: [nil, "", "all", "hello\n", "all\nuser mary 0 open sudo\n", "user mary 10001 open sudo\n", "all\nall\n"])
  func forgotten(file: String?) throws {
    _ = try live()
    if let file { machine.write("bindings/records", file) } else { unlink(machine.path + "/bindings/records") }
    try machine.keeper().restore()
    #expect(machine.records.contains("mary.user") && !machine.records.contains("mary:sudo.membership"))
    #expect(machine.read("userdb/mary.user")?.contains("\"locked\":true") == true)
    // The daemon's word makes good again what was lost, for the next time too.
    #expect(try machine.keeper().say("user mary 10001 open sudo") == "bound 10001 -")
    machine.switchOff()
    try machine.keeper().restore()
    #expect(machine.records.contains("mary:sudo.membership"))
  }

  @Test("a line that the end of power cut short counts for nothing")
  func cutShort() throws {
    _ = try live()
    machine.write("bindings/records", (machine.read("bindings/records") ?? "") + "user mary 10001 locked")
    try machine.keeper().restore()
    #expect(machine.records.contains("mary:sudo.membership"))
  }

  @Test("while a directory is silent, without the groups that only it knows")
  func silentDirectory() throws {
    machine.login = "group_map = admins:netops"
    machine.directory.groups = ["netops": 5000]
    #expect(try machine.keeper().say("user mary - open netops") == "bound 10000 -")
    #expect(machine.records.contains("mary:netops.membership"))
    machine.switchOff()
    machine.directory.isSilent = true
    let keeper = try machine.keeper()
    keeper.restore()
    #expect(machine.records.contains("mary.user") && !machine.records.contains("mary:netops.membership"))
  }

  @Test("the file of them doesn't grow for ever")
  func growth() throws {
    let keeper = try machine.keeper()
    for turn in 0..<3000 {
      #expect(keeper.say("user mary - \(turn % 2 == 0 ? "open" : "locked") -") == "bound 10000 -")
    }
    let text = try #require(machine.read("bindings/records"))
    #expect(text.utf8.count < 30_000 && text.hasPrefix("all\n") && text.hasSuffix("user mary 10000 locked -\n"))
  }
}

import Glibc
import LoginRecords
import Testing

/// What a daemon that somebody took over may ask for: login-security 2, 4, 9, 12 and 13.
@Suite("the keeper of records")
struct RecordKeeperTests {
  let machine = Machine()

  @Test("a person gets records of one id, and all our people's group")
  func person() throws {
    machine.write("group", "sudo:x:27:\ncognito-login-users:x:998:\n")
    let keeper = try machine.keeper()
    #expect(keeper.say("user mary - open sudo") == "bound 10000 -")
    #expect(
      machine.records == [
        "10000.group", "10000.user", "mary.group", "mary.user", "mary:cognito-login-users.membership",
        "mary:sudo.membership",
      ])
    #expect(
      machine.read("userdb/mary.user") == """
        {"userName":"mary","uid":10000,"gid":10000,"homeDirectory":"/home/mary","shell":"/bin/bash",\
        "disposition":"regular","service":"cognito-login"}

        """)
    #expect(keeper.say("user mary 10000 locked -") == "bound 10000 -")
    #expect(machine.read("userdb/mary.user")?.contains("\"locked\":true") == true)
    #expect(!machine.records.contains("mary:sudo.membership"))
  }

  @Test(
    "no id outside the range, root's least of all",
    arguments: ["0", "1", "999", "9999", "60000", "65534", "4294967295"])
  func ids(id: String) throws {
    #expect(try machine.keeper().say("user evil \(id) open -").hasPrefix(id == "0" ? "not a request" : "refused id"))
    #expect(machine.records.isEmpty)
  }

  @Test("home and shell come from root's configuration, whatever stands in it")
  func quoting() throws {
    machine.login = "home_prefix = /srv/\"a\\b\"\nshell = /bin/\"sh\n"
    #expect(try machine.keeper().say("user mary - open -") == "bound 10000 -")
    #expect(
      machine.read("userdb/mary.user")?.contains(#""/srv/\"a\\b\"/mary","shell":"/bin/\"sh""#) == true)
  }

  @Test(
    "names of this machine are refused, also with an id of the range, and no record of theirs is touched",
    arguments: ["lovelace", "root", "sudo", "shadow"])
  func localNames(name: String) throws {
    #expect(try machine.keeper().say("user \(name) - open sudo").hasPrefix("refused taken"))
    #expect(machine.records.isEmpty)
  }

  @Test("ids of this machine are passed over, and refused when asked for")
  func localIDs() throws {
    machine.write("passwd", "root:x:0:0::/:/\nada:x:10000:10000::/:/\n")
    let keeper = try machine.keeper()
    #expect(keeper.say("user evil 10000 open -").hasPrefix("refused taken"))
    #expect(keeper.say("user mary - open -") == "bound 10001 -")
  }

  @Test("login-security 4: names and ids of another directory are refused")
  func directories() throws {
    machine.directory.users = ["carol.d": 45_678, "dave": 10_000]
    machine.directory.groups = ["netops": 10_001]
    let keeper = try machine.keeper()
    for name in ["carol.d", "dave", "netops"] {
      #expect(keeper.say("user \(name) - open -").hasPrefix("refused taken"))
    }
    #expect(keeper.say("user evil 10000 open -").hasPrefix("refused taken"))
    #expect(keeper.say("user mary - open -") == "bound 10002 -")
  }

  @Test("login-security 4: a name that stands as a member in /etc/group would get what that group has")
  func members() throws {
    #expect(try machine.keeper().say("user carol - open -").hasPrefix("refused taken"))
  }

  @Test("login-security 19: while a directory is down, nobody can say that a name is free; who is known stays")
  func silentDirectory() throws {
    let keeper = try machine.keeper()
    #expect(keeper.say("user mary - open -") == "bound 10000 -")
    machine.directory.isSilent = true
    #expect(keeper.say("user ada - open -").hasPrefix("refused silent"))
    #expect(keeper.say("user mary 10000 locked -") == "bound 10000 -")
  }

  @Test("login-security 9: ids that local users may take in their namespaces are nobody's")
  func subordinateIDs() throws {
    machine.login = "uid_min = 100000\nuid_max = 200000"
    machine.write("subuid", "lovelace:100000:65536\n")
    machine.write("subgid", "lovelace:165536:10\n")
    let keeper = try machine.keeper()
    #expect(keeper.say("user evil 100001 open -").hasPrefix("refused taken"))
    #expect(keeper.say("user mary - open -") == "bound 165546 -")
    machine.write("subuid", "lovelace:100000:4294967295\n")
    #expect(keeper.say("user ada - open -").hasPrefix("refused exhausted"))
  }

  @Test("login-security 13: names that systems use, and those that installed packages wait for")
  func reserved() throws {
    machine.systemNames = ["fwupd-refresh"]
    let keeper = try machine.keeper()
    for name in ["docker", "_apt", "fwupd-refresh", "cognito-login-users"] {
      #expect(keeper.say("user \(name) - open -").hasPrefix("refused reserved"))
    }
  }

  @Test(
    "login-security 12: groups that are as much as root aren't given under any name, nor what group_map doesn't name")
  func groups() throws {
    machine.login = "group_map = a:root, a:shadow, a:second, a:disk, a:toors, a:sudo, a:docker, a:nothere"
    machine.write("group", "root:x:0:\ndisk:x:6:\nsudo:x:27:\nadm:x:4:\nshadow:x:42:\nsecond:x:42:\ntoors:x:77:\n")
    let keeper = try machine.keeper()
    #expect(
      keeper.say("user mary - open root,shadow,second,disk,toors,sudo,docker,nothere,adm")
        == "bound 10000 root,shadow,second,disk,toors,docker,nothere,adm")
    #expect(machine.records.filter { $0.hasSuffix("membership") } == ["mary:sudo.membership"])
  }

  @Test("a group of group_map that nobody has is ours, of the range, and goes when somebody gets it")
  func ownGroups() throws {
    let keeper = try machine.keeper()
    #expect(keeper.say("all") == "done")
    #expect(machine.records == ["10000.group", "ops.group"])
    #expect(keeper.say("user mary - open ops") == "bound 10001 -")
    // It isn't a person's.
    #expect(keeper.say("user ops - open -").hasPrefix("refused taken"))
    machine.write("group", "ops:x:42:\nshadow:x:42:\n")
    _ = keeper.say("all")
    #expect(!machine.records.contains("ops.group"))
    #expect(keeper.say("user mary 10001 open ops") == "bound 10001 ops")
    #expect(!machine.records.contains("mary:ops.membership"))
  }

  @Test("an id is bound to one name for good")
  func boundOnce() throws {
    do {
      let keeper = try machine.keeper()
      #expect(keeper.say("user mary - open -") == "bound 10000 -")
      #expect(keeper.say("user evil 10000 open -").hasPrefix("refused id"))
      #expect(keeper.say("user mary 10007 open -").hasPrefix("refused id"))
      #expect(keeper.say("withdraw mary") == "done")
      #expect(machine.records.isEmpty)
    }
    let keeper = try machine.keeper()
    #expect(keeper.say("user evil 10000 open -").hasPrefix("refused id"))
    #expect(keeper.say("user mary - open -") == "bound 10001 -")
  }

  @Test("a name that the machine gets later has no records as long as it has it, and then its old id again")
  func localWins() throws {
    let keeper = try machine.keeper()
    #expect(keeper.say("user mary - open -") == "bound 10000 -")
    machine.write("passwd", "root:x:0:0::/:/\nmary:x:1002:1002::/:/\n")
    #expect(keeper.say("user mary 10000 open -").hasPrefix("refused taken"))
    #expect(machine.records.isEmpty)
    machine.write("passwd", "root:x:0:0::/:/\n")
    #expect(keeper.say("user mary 10000 open -") == "bound 10000 -")
  }

  @Test("who isn't named between all and end is withdrawn; a daemon that breaks off withdraws nobody")
  func everybody() throws {
    machine.login = ""
    let keeper = try machine.keeper()
    _ = keeper.say("user mary - open -")
    _ = keeper.say("user ada - open -")
    _ = keeper.say("all")
    keeper.startOver()
    #expect(keeper.say("end").hasPrefix("refused malformed"))
    #expect(machine.records.contains("ada.user"))
    for line in ["all", "user mary 10000 open -", "end"] { _ = keeper.say(line) }
    #expect(machine.records == ["10000.group", "10000.user", "mary.group", "mary.user"])
    #expect(keeper.say("user ada - open -") == "bound 10002 -")
  }

  @Test("at start, what is ours and bound to nobody goes, root's own records stay")
  func strays() throws {
    #expect(try machine.keeper().say("user mary - open sudo") == "bound 10000 -")
    machine.write("userdb/evil.user", #"{"userName":"evil","uid":0,"gid":0}"#, owner: 12_345)
    machine.write("userdb/evil.user-privileged", "{}", owner: 12_345)
    machine.write("userdb/lovelace:sudo.membership", "{}", owner: 12_345)
    machine.write("userdb/gone.user", #"{"userName":"gone","uid":10009,"service":"cognito-login"}"#)
    symlink("gone.user", machine.userdb + "/10009.user")
    machine.write("userdb/.0.cognito-login", "half")
    machine.write("userdb/roots.user", #"{"userName":"roots","uid":1234}"#)
    let keeper = try machine.keeper()
    #expect(
      machine.records == [
        "10000.group", "10000.user", "mary.group", "mary.user", "mary:sudo.membership", "roots.user",
      ])
    // It remembers whose memberships are there.
    #expect(keeper.say("user mary 10000 open -") == "bound 10000 -")
    #expect(!machine.records.contains("mary:sudo.membership"))
    try keeper.removeAllRecords()
    #expect(machine.records == ["roots.user"])
  }

  @Test("himmelblau 6ddf1cf2: a link in the place of a record is replaced, not followed")
  func link() throws {
    machine.write("victim", "precious")
    symlink(machine.path + "/victim", machine.userdb + "/mary.user")
    #expect(try machine.keeper().say("user mary - open -") == "bound 10000 -")
    #expect(machine.read("victim") == "precious" && machine.read("userdb/mary.user")?.contains("mary") == true)
  }

  @Test("a folder that others can write to, or a configuration that isn't root's, is not worked with")
  func untrusted() throws {
    machine.login = "uid_min = 0"
    #expect(try machine.keeper().say("user mary - open -").hasPrefix("refused broken"))
    chmod(machine.userdb, 0o777)
    #expect(throws: (any Error).self) { try machine.keeper() }
  }
}

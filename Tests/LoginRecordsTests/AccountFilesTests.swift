import Glibc
import LoginRecords
import Synchronization
import Testing

@Suite("the machine's own accounts")
struct AccountFilesTests {
  let machine = Machine()

  @Test("names, ids, members, own groups of root's accounts, and namespaces' ranges")
  func content() throws {
    machine.write("subuid", "lovelace:100000:65536\nbroken\nlovelace:200000:0\n")
    let files = try AccountFiles(in: machine.path)
    #expect(files.users["lovelace"] == 1001 && files.groups["sudo"] == 27)
    #expect(files.members == ["lovelace", "carol"] && files.ownGroupsOfRoot == [0, 77])
    #expect(files.subordinate == [100_000...165_535])
    #expect(files.has(name: "second") && files.has(id: 42) && !files.has(id: 43))
  }

  @Test("a line that can't be read still blocks its name, and NIS's signs don't hide one")
  func strange() throws {
    machine.write("passwd", "+ada:x:\n-eve::12\nbob\n:x:5:5\n")
    let files = try AccountFiles(in: machine.path)
    #expect(files.has(name: "ada") && files.has(name: "eve") && files.has(name: "bob"))
  }

  @Test("without /etc/passwd nobody can be proved not to be local")
  func unreadable() throws {
    unlink(machine.path + "/passwd")
    #expect(throws: AccountFiles.Unreadable.self) { try AccountFiles(in: machine.path) }
  }

  @Test("the files are read again when one of them changes, and not before")
  func changes() throws {
    let readings = Mutex(0)
    let later = Int(time(nil)) + 60
    let files = MachineFiles(in: machine.path) {
      readings.withLock { $0 += 1 }
      return later
    }
    for _ in 0..<3 { #expect(try files.read().users["lovelace"] == 1001) }
    #expect(readings.withLock { $0 } == 1)
    machine.write("passwd", "lovelace:x:1001:1001::/:/bin/sh\nada:x:1002:1002::/:/bin/sh\n")
    #expect(try files.read().users["ada"] == 1002)
    machine.write("subgid", "ada:300000:10\n")
    #expect(try files.read().subordinate.last == 300_000...300_009)
    #expect(readings.withLock { $0 } == 3)
    unlink(machine.path + "/passwd")
    #expect(throws: AccountFiles.Unreadable.self) { try files.read() }
  }

  @Test("a change within the same step of the clock is seen: a file that has just been written is read each time")
  func quickChanges() throws {
    let files = MachineFiles(in: machine.path)
    for number in 1...50 {
      let name = "user\(number % 10)"
      machine.write("passwd", "\(name):x:1001:1001::/:/bin/sh\n")
      #expect(try files.read().users[name] == 1001)
    }
  }

  @Test("names that packages wait for are read from sysusers.d")
  func sysusers() {
    mkdir(machine.path + "/sysusers.d", 0o755)
    machine.write("sysusers.d/a.conf", "# x\nu! zabbix - \"Zabbix\"\ng  nixbld 30000\nm sssd netops\nr - 500-900\n")
    machine.write("sysusers.d/readme", "u no - -\n")
    let names = SystemNames.inSysusers(folders: [machine.path + "/sysusers.d", machine.path + "/none"])
    #expect(names == ["zabbix", "nixbld", "sssd", "netops"])
  }
}

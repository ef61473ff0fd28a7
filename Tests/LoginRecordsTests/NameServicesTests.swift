import LoginRecords
import Testing

@Suite("the machine's other directories")
struct NameServicesTests {
  let machine = Machine()
  private var services: NameServices { NameServices(configuration: machine.path + "/nsswitch.conf") }

  @Test("a module is asked by itself; one that isn't installed knows nobody; /etc is not asked again")
  func modules() throws {
    machine.write("nsswitch.conf", "passwd: files nosuchmodule systemd\ngroup: files systemd # all\n")
    // nss-systemd knows root by itself.
    #expect(try services.user(named: "root") == 0)
    #expect(try services.group(named: "root") == 0)
    #expect(try services.user(named: "no-such-user-here") == nil)
    #expect(try !services.has(id: 45_678))
    machine.write("nsswitch.conf", "passwd: files\ngroup: files\n")
    #expect(try services.user(named: "root") == nil)
  }

  @Test("without the file, or with a line that names no module, there is no other directory")
  func empty() throws {
    #expect(try services.user(named: "root") == nil)
    machine.write("nsswitch.conf", "passwd: [NOTFOUND=return] ../evil\ngroup:\n")
    #expect(try services.user(named: "root") == nil)
  }
}

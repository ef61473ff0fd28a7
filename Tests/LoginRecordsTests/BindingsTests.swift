import Glibc
import LoginRecords
import SystemSupport
import Testing

@Suite("the file of ids")
struct BindingsTests {
  let machine = Machine()
  private var folder: String { machine.path + "/bindings" }

  @Test("what was bound stands there after a restart, and one program works with it")
  func stable() throws {
    let mary = try #require(RecordName("mary"))
    do {
      let bindings = try Bindings(folder: folder)
      try bindings.bind(mary, 10_000, .user)
      try bindings.sync()
      #expect(throws: ConfigurationError.self) { try Bindings(folder: folder) }
    }
    let bindings = try Bindings(folder: folder)
    #expect(bindings.living[mary]?.id == 10_000 && bindings.isSpent(10_000))
    try bindings.release(mary)
    #expect(bindings.living.isEmpty && bindings.isSpent(10_000))
    #expect(machine.read("bindings/ids") == "bind 10000 user mary\nrelease 10000\n")
  }

  @Test("a line that the end of power cut short was never answered, and is no line")
  func torn() throws {
    mkdir(folder, 0o700)
    machine.write("bindings/ids", "bind 10000 user mary\nbind 1000")
    let ada = try #require(RecordName("ada"))
    try Bindings(folder: folder).bind(ada, 10_001, .user)
    #expect(machine.read("bindings/ids") == "bind 10000 user mary\nbind 10001 user ada\n")
  }

  @Test(
    "a file that says what we don't write is not worked with, nor a folder of somebody else",
    arguments: [
      "nonsense\n", "bind 10000 user mary\nbind 10000 user ada\n", "bind 10000 user mary\nbind 10001 user mary\n",
      "release 10000\n", "bind x user mary\n", "bind 10000 user Mary\n", "bind 10000 god mary\n", "\n",
    ])
  func broken(content: String) throws {
    mkdir(folder, 0o700)
    machine.write("bindings/ids", content)
    #expect(throws: ConfigurationError.self) { try Bindings(folder: folder) }
    chmod(folder, 0o777)
    machine.write("bindings/ids", "")
    #expect(throws: ConfigurationError.self) { try Bindings(folder: folder) }
  }
}

import CredentialProtocols
import Testing

@Suite("git credential requests")
struct GitCredentialMessageTests {
  @Test("the fields of a request are read, unknown ones ignored")
  func fields() throws {
    let message = try GitCredentialMessage(
      parsing: bytes(
        "capability[]=authtype\ncapability[]=state\nprotocol=https\nhost=git.corp:8443\npath=a=b.git\nusername=ann\n"
          + "password=p=w \nwwwauth[]=Basic realm=\"x\"\nnew_thing=1\n\nhost=ignored.example\n"))
    #expect(message.scheme == "https")
    #expect(message.host == "git.corp:8443")
    #expect(message.username == "ann")
    #expect(message.secret == "p=w ")
    #expect(message.capabilities == ["authtype", "state"])
    #expect(message.challenges.schemes == ["basic"])
  }

  @Test("end of file ends a request like a blank line")
  func endOfFile() throws {
    #expect(try GitCredentialMessage(parsing: bytes("protocol=https\nhost=a")).host == "a")
  }

  @Test("an empty value starts a list afresh")
  func listReset() throws {
    let message = try GitCredentialMessage(parsing: bytes("capability[]=authtype\ncapability[]=\n"))
    #expect(message.capabilities.isEmpty)
  }

  @Test("what the server offers is gathered over all lines, and an empty value starts it afresh")
  func challenges() throws {
    func schemes(_ lines: String) throws -> [String] {
      try GitCredentialMessage(parsing: bytes(lines)).challenges.schemes
    }
    #expect(try schemes("wwwauth[]=Basic realm=x\nhost=a\nwwwauth[]=Bearer\n") == ["basic", "bearer"])
    #expect(try schemes("wwwauth[]=Basic\nwwwauth[]=\nwwwauth[]=Bearer\n") == ["bearer"])
    // Without its brackets it is another key, and one of an unknown kind.
    #expect(try schemes("wwwauth=Basic\nwwwauth[0]=Basic\nWWWAUTH[]=Basic\n").isEmpty)
    #expect(try GitCredentialMessage(parsing: bytes("wwwauth[]=") + [0xff, 0x0a]).challenges.schemes.isEmpty)
    #expect(throws: GitCredentialMessage.Refusal.forbiddenByte(line: 1)) { try schemes("wwwauth[]=Basic\r\n") }
  }

  @Test(
    "a CR anywhere refuses the request (CVE-2024-52006, CVE-2024-50338)",
    arguments: [
      "protocol=https\r\nhost=git.corp\r\n\r\n", "protocol=https\nhost=evil.example\rhost=git.corp\n",
      "protocol=https\nhost=git.corp\npath=a\rb\n", "protocol=https\nunknown=a\rb\nhost=git.corp\n",
    ])
  func carriageReturn(request: String) {
    #expect(throws: GitCredentialMessage.Refusal.self) { try GitCredentialMessage(parsing: bytes(request)) }
  }

  @Test("NEL, U+2028 and vertical tab are no line ends", arguments: ["\u{85}", "\u{2028}", "\u{0b}", "\u{0c}"])
  func otherLineEnds(character: String) throws {
    let message = try GitCredentialMessage(
      parsing: bytes("protocol=https\nhost=evil.example\(character)host=git.corp\n"))
    #expect(message.host == "evil.example\(character)host=git.corp")
  }

  @Test("an LF in a host is a new line, which can't give the host twice (CVE-2020-5260)")
  func lineFeed() {
    #expect(throws: GitCredentialMessage.Refusal.repeated(line: 3, key: "host")) {
      try GitCredentialMessage(parsing: bytes("protocol=https\nhost=evil.example\nhost=git.corp\n"))
    }
  }

  @Test("a NUL refuses the request")
  func nul() {
    #expect(throws: GitCredentialMessage.Refusal.forbiddenByte(line: 1)) {
      try GitCredentialMessage(parsing: bytes("host=git.corp\0.evil.example\n"))
    }
  }

  @Test("a line with no key or no equals sign refuses the request")
  func malformedLines() {
    #expect(throws: GitCredentialMessage.Refusal.noEquals(line: 2)) {
      try GitCredentialMessage(parsing: bytes("protocol=https\nhost\n"))
    }
    #expect(throws: GitCredentialMessage.Refusal.emptyKey(line: 1)) {
      try GitCredentialMessage(parsing: bytes("=https\n"))
    }
  }

  @Test("a line of 65,535 bytes with its LF is accepted, one more is not")
  func lineLimit() throws {
    func request(lineBytes: Int) -> [UInt8] {
      bytes("password=") + [UInt8](repeating: UInt8(ascii: "x"), count: lineBytes - 10) + bytes("\n")
    }
    #expect(try GitCredentialMessage(parsing: request(lineBytes: 65_535)).secret?.utf8.count == 65_525)
    #expect(throws: GitCredentialMessage.Refusal.lineTooLong(line: 1)) {
      try GitCredentialMessage(parsing: request(lineBytes: 65_536))
    }
  }

  @Test("a request above the limit is refused whole")
  func sizeLimit() {
    let input = [UInt8](repeating: UInt8(ascii: "\n"), count: GitCredentialMessage.maximumBytes + 1)
    #expect(throws: GitCredentialMessage.Refusal.tooLarge) { try GitCredentialMessage(parsing: input) }
  }

  @Test("a value that is not UTF-8 is refused where it matters")
  func invalidUTF8() {
    #expect(throws: GitCredentialMessage.Refusal.notUTF8(line: 1)) {
      try GitCredentialMessage(parsing: bytes("host=") + [0xff, 0x0a])
    }
  }

  @Test("no refusal repeats what the request said")
  func refusalsAreSilent() {
    let inputs = ["topsecret", "=topsecret", "host=a\rtopsecret", "password=topsecret\npassword=topsecret"]
    for input in inputs {
      do {
        _ = try GitCredentialMessage(parsing: bytes(input))
        Issue.record("accepted \(input)")
      } catch {
        #expect(!"\(error)".contains("topsecret"))
      }
    }
  }
}

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

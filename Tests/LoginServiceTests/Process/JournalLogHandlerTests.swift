import Glibc
import Logging
import LoginProtocol
import LoginService
import SystemSupport
import Testing

@Suite("lines for the journal")
struct JournalLogHandlerTests {
  private func line(_ message: Logger.Message, _ metadata: Logger.Metadata = [:]) -> String {
    let written = CapturedLog()
    let logger = Logger(label: "test") { _ in written.handler }
    logger.notice(message, metadata: metadata)
    return written.text
  }

  @Test("our own words stay readable")
  func readable() {
    #expect(line("Write https://… or 1–2", ["user": "ännchen"]) == "<5>Write https://… or 1–2 user=\"ännchen\"\n")
  }

  @Test("no value can start a line, end its quotes, or turn the writing around")
  func hostile() {
    let shown = line("a\u{2028}b", ["user": "x\" y=\"\n<0>z\u{1b}[2J\u{202e}\\"])
    #expect(shown == "<5>a\\u{2028}b user=\"x\\u{22} y=\\u{22}\\u{a}<0>z\\u{1b}[2J\\u{202e}\\u{5c}\"\n")
  }

  @Test("to a journal each value is a field, and no value can add one")
  func fields() throws {
    let directory = try TemporaryDirectory()
    let path = "\(directory.path)/journal"
    let receiver = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    defer { close(receiver) }
    let address = try #require(UnixAddress(path: path))
    #expect(address.withAddress { bind(receiver, $0, $1) } == 0)
    let written = CapturedLog()
    let journal = Journal(path: path)
    let logger = Logger(label: "test") { _ in JournalLogHandler(journal: journal) { _ in Issue.record("not on stderr") }
    }
    logger.notice("signed in", metadata: ["user": "ada", "peer-uid": "0", "rhost": "x\nCOGNITO_OUTCOME=success"])
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = recv(receiver, &buffer, buffer.count, 0)
    let lines = String(decoding: buffer[..<max(0, count)], as: UTF8.self).split(separator: "\n").map(String.init)
    #expect(
      lines == [
        "MESSAGE=signed in peer-uid=\"0\" rhost=\"x\\u{a}COGNITO_OUTCOME=success\" user=\"ada\"", "PRIORITY=5",
        "SYSLOG_IDENTIFIER=cognito-logind", "COGNITO_PEER_UID=0", "COGNITO_RHOST=x\\u{a}COGNITO_OUTCOME=success",
        "COGNITO_USER=ada",
      ])
    #expect(written.text.isEmpty)
  }

  @Test("an event that the journal doesn't take goes to standard error")
  func withoutJournal() throws {
    let directory = try TemporaryDirectory()
    let written = CapturedLog()
    let journal = try #require(Journal(path: "\(directory.path)/nobody"))
    let logger = Logger(label: "test") { _ in JournalLogHandler(journal: journal) { written.add($0) } }
    logger.notice("signed in", metadata: ["user": "ada"])
    #expect(written.text == "<5>signed in user=\"ada\"\n")
  }

  @Test("one entry says who, where, how it ended and why")
  func audit() async throws {
    let world = try World()
    world.pool.add("alice", .init(password: "right"))
    try await world.know("alice")
    let begin = Begin(
      operation: .authenticate, user: try login("alice"), service: "sshd", tty: "ssh", rhost: "192.0.2.7", caller: 0)
    for password in ["wrong", "right"] {
      let terminal = ScriptedPrompter(password)
      let root = Peer(pid: 1, uid: 0, gid: 0)
      _ = try await Conversation(begin, peer: root, context: world.context, terminal: terminal).run()
    }
    let lines = world.log.text.split(separator: "\n").filter { $0.contains("signed in") }
    #expect(lines.count == 2)
    for field in [
      "user=\"alice\"", "service=\"sshd\"", "tty=\"ssh\"", "rhost=\"192.0.2.7\"", "outcome=\"denied\"", "reason=\"",
    ] { #expect(lines[0].contains(field)) }
    #expect(lines[1].contains("outcome=\"success\"") && lines[1].contains("uid=\"10000\""))
  }
}

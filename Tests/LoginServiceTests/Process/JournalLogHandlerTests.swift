import Logging
import LoginService
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
}

import LoginRecords
import Testing

@Suite("requests to the writer")
struct RecordRequestTests {
  @Test(
    "what is said in a line is read from it again",
    arguments: ["user mary - open -", "user a.b@c-d_1 10000 locked sudo,ops", "withdraw mary", "all", "end"])
  func roundTrip(line: String) throws {
    #expect(try #require(RecordRequest(Array(line.utf8))).line == line + "\n")
  }

  @Test(
    "anything else is nothing",
    arguments: [
      "", " ", "all ", " all", "ALL", "end x", "user", "user mary", "user mary - open", "user mary - open - -",
      "user mary  - open -", "user Mary - open -", "user mary 010000 open -", "user mary +1 open -",
      "user mary -1 open -", "user mary 4294967296 open -", "user mary - opened -", "user mary - open sudo,",
      "user mary - open ,", "user mary - open sudo,sudo", "user mary - open root:x", "user ../x - open -",
      "user mary:sudo - open -", "user evil.user-privileged\n - open -", "user m\u{e4}ry - open -", "user 0 - open -",
      "user mary - open a\tb", "withdraw", "withdraw *", "withdraw mary ada", "user \u{0} - open -",
      "user aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa - open -",
    ])
  func malformed(line: String) { #expect(RecordRequest(Array(line.utf8)) == nil) }

  @Test("no line is longer than agreed, and no list of groups")
  func lengths() {
    let groups = (0..<101).map { "g\($0)" }
    #expect(RecordRequest(Array("user mary - open \(groups.joined(separator: ","))".utf8)) == nil)
    #expect(RecordRequest(Array("user mary - open \(groups.dropLast().joined(separator: ","))".utf8)) != nil)
    #expect(RecordRequest([UInt8](repeating: UInt8(ascii: "a"), count: 1 << 20)) == nil)
  }

  @Test("random bytes are no request that says something else when it is written again")
  func random() {
    var generator = SystemRandomNumberGenerator()
    let alphabet = Array("user withdraw all end mary,sudo-10 open locked \n\t:/.@".utf8)
    for _ in 0..<20_000 {
      let line = (0..<Int.random(in: 0...40)).compactMap { _ in alphabet.randomElement(using: &generator) }
      if let request = RecordRequest(line) { #expect(Array(request.line.utf8.dropLast()) == line) }
    }
  }

  @Test("answers are read as they were written, a refusal in one line whatever its reason")
  func answers() throws {
    let sudo = try #require(RecordName("sudo"))
    for answer in [.done, .bound(10_000, withheld: []), .bound(10_000, withheld: [sudo])] as [RecordAnswer] {
      #expect(RecordAnswer(Array(answer.line.utf8.dropLast())) == answer)
    }
    let refusal = RecordAnswer.refused(RecordRefusal(.broken, "two\nlines"))
    #expect(RecordAnswer(Array(refusal.line.utf8.dropLast())) == .refused(RecordRefusal(.broken, "two lines")))
    for line in ["", "bound", "bound x -", "bound 1", "refused", "refused maybe x", "DONE"] {
      #expect(RecordAnswer(Array(line.utf8)) == nil)
    }
  }
}

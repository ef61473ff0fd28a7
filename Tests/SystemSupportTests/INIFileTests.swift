import SystemSupport
import Testing

@Suite("INI files")
struct INIFileTests {
  private func read(_ text: String) throws(ConfigurationError) -> INIFile { try INIFile(Array(text.utf8), name: "f") }

  @Test("sections, keys and their lines, with blanks, comments and no newline at the end")
  func reads() throws {
    let file = try read("# c\n; c\n\n[ one ]\n a\t= 1 = 2 \n[two]\nb=\nc = ü # no comment")
    #expect(file.sections.map(\.name) == ["one", "two"] && file.sections.map(\.line) == [4, 6])
    #expect(file["one"]?.entries["a"]?.value == "1 = 2" && file["one"]?.entries["a"]?.line == 5)
    #expect(file["two"]?.entries["b"]?.value == "")
    #expect(file["two"]?.entries["c"]?.value == "ü # no comment" && file["two"]?.entries["c"]?.line == 8)
    #expect(try read("").sections.isEmpty && read("\n\n").sections.isEmpty && file["three"] == nil)
  }

  @Test(
    "what can be read in two ways is refused with its line",
    arguments: [
      ("[a]\nx = 1\nx = 2\n", 3), ("[a]\nx = 1\n[b]\n[ a ]\n", 4), ("x = 1\n", 1), ("[a]\n= 1\n", 2), ("[a]\nx\n", 2),
      ("[a\n", 1), ("[]\n", 1), ("[ ]\n", 1), ("[a] # c\n", 1), ("[a]\r\nx = 1\r\n", 1), ("[a]\nx = 1\r", 2),
      ("[a]\nx = 1\0\n", 2), ("[a]\nx = \u{1b}[2J\n", 2), ("[a]\nx = 1\u{85}y = 2\n", 2), ("# \u{7f}\n", 1),
      ("\u{feff}[a]\n", 1), ("[a]\n\n\nx = 1\n x = 1\n", 5), ("[a]\nx = 1\u{b}\n", 2),
    ])
  func refused(text: String, line: Int) throws {
    let error = try #require(throws: ConfigurationError.self) { try read(text) }
    #expect(error.line == line && error.file == "f" && !error.advice.isEmpty)
    #expect(error.description.hasPrefix("f:\(line): "))
  }

  @Test("lines end at LF bytes alone: no other character makes a key of a value (CVE-2024-52006)")
  func lineEnds() throws {
    let file = try read("[a]\nx = 1\u{2028}y = 2\n")
    #expect(file["a"]?.entries["x"]?.value == "1\u{2028}y = 2" && file["a"]?.entries["y"] == nil)
  }

  @Test(
    "bytes that are no UTF-8 are refused, also in a comment", arguments: [[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80]])
  func notUTF8(bytes: [UInt8]) throws {
    let error = try #require(throws: ConfigurationError.self) {
      try INIFile(Array("[a]\n# ".utf8) + bytes + [10], name: "f")
    }
    #expect(error.line == 2)
  }

  @Test("all faults are told at once, and keys of a section that can't be taken are nobody's")
  func faults() {
    var lines: [Int?] = []
    let text = "x = 1\ny = 2\n[a]\nb = 1\nb = 2\nhello\n[a]\nc = 1\n[d\ne = 1\n[f]\ng = 1\n"
    let file = INIFile(Array(text.utf8), name: "f") { lines.append($0.line) }
    #expect(lines == [1, 5, 6, 7, 9])
    #expect(file.sections.map(\.name) == ["a", "f"] && file["a"]?.entries.keys.sorted() == ["b"])
    #expect(file["a"]?.entries["b"]?.value == "1" && file["f"]?.entries["g"]?.value == "1")
  }

  @Test("a long line is a line like any other, and shown cut where it is wrong")
  func longLines() throws {
    let long = String(repeating: "x", count: 60_000)
    #expect(try read("[a]\ny = \(long)")["a"]?.entries["y"]?.value == long)
    let error = try #require(throws: ConfigurationError.self) { try read("[a]\n\(long) = 1\n\(long) = 2\n") }
    #expect(error.line == 3 && error.description.utf8.count < 1000)
  }

  @Test("what an error quotes of a file can't reach a terminal as it is")
  func printableErrors() {
    let error = ConfigurationError(file: "f\u{1b}", line: 1, "bad\nvalue \u{202e}", advice: "Mend it")
    #expect("\(error)" == "f?:1: bad value ?. Mend it.")
  }
}

import SystemSupport
import Testing

struct SearchPathTests {
  @Test(
    "a search path keeps its absolute entries and nothing else",
    arguments: [
      ("", "/usr/bin:/bin"), (".", "/usr/bin:/bin"), ("bin:..", "/usr/bin:/bin"), (":", "/usr/bin:/bin"),
      ("/usr/bin:", "/usr/bin"), (":/usr/bin", "/usr/bin"), ("/usr/bin::/bin", "/usr/bin:/bin"),
      ("/a:.:/b:bin:../c:~/d:/e f", "/a:/b:/e f"),
    ])
  func relativeEntries(path: String, expected: String) {
    #expect(SearchPath.absoluteEntries(of: Array(path.utf8)).map { String(decoding: $0, as: UTF8.self) } == expected)
  }

  @Test("a search path of absolute entries stays as it is", arguments: ["/usr/bin", "/usr/local/bin:/usr/bin:/bin"])
  func absoluteEntries(path: String) {
    #expect(SearchPath.absoluteEntries(of: Array(path.utf8)) == nil)
  }

  @Test("bytes that aren't UTF-8 stay what they are")
  func notUTF8() {
    let path: [UInt8] = [0x2F, 0xFF, 0x3A, 0x2E]
    #expect(SearchPath.absoluteEntries(of: path) == [0x2F, 0xFF])
  }
}

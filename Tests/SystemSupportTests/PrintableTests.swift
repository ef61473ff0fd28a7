import SystemSupport
import Testing

@Suite("text for terminals and journals")
struct PrintableTests {
  @Test("what people write stays", arguments: ["git.corp:443", "1–2 … „ä“", "日本語", "e\u{301}", "a\u{a0}b", "😀", ""])
  func stays(text: String) { #expect(printable(text) == text) }

  @Test(
    "what moves a cursor, ends a line, turns the writing or can't be seen goes (CVE-2024-50349)",
    arguments: [
      ("a\u{1b}[2Jb", "a?[2Jb"), ("a\u{7}\u{8}\u{7f}", "a???"), ("a\u{0}b", "a?b"), ("a\r\nb\tc", "a  b c"),
      ("\u{85}\u{9b}31m", " ?31m"), ("a\u{2028}b\u{2029}c", "a b c"), ("user\u{202e}txt.exe", "user?txt.exe"),
      ("\u{2066}x\u{2069}\u{200f}", "?x??"), ("pay\u{200b}pal\u{feff}", "pay?pal?"), ("\u{ad}", "?"),
      ("\u{e000}\u{f8ff}\u{10fffd}", "???"), ("\u{e0041}", "?"), ("\u{378}\u{fffe}", "??"),
    ])
  func goes(text: String, shown: String) { #expect(printable(text) == shown) }

  @Test("length counts Unicode scalars, and a newline stays where lines are kept")
  func options() {
    #expect(printable("ä…bc", maximum: 3) == "ä…b")
    #expect(printable("a\nb\r\u{2028}c", keepsLines: true) == "a\nb  c")
  }
}

import Cognito
import Testing

@testable import LocalPool

@Suite("forms and pages")
struct FormFieldsTests {
  @Test("escapes are read, plus is a blank, an empty field counts as missing")
  func reads() throws {
    let fields = try #require(FormFields(encoded: "a=1%202&b=x+y&c=&%C3%A9=%26"))
    #expect(fields["a"] == "1 2" && fields["b"] == "x y" && fields["c"] == nil && fields["é"] == "&")
  }

  @Test(
    "a field that comes twice, a broken escape and broken UTF-8 are refused",
    arguments: ["a=1&a=2", "a=%", "a=%4", "a=%zz", "a=%+f", "a=%FF", "a=%C3"])
  func refuses(_ text: String) {
    #expect(FormFields(encoded: text) == nil)
  }

  @Test("what is written is read back")
  func roundTrip() throws {
    let text = "a b&c=d/é+%\u{1F600}\"<>"
    let fields = try #require(FormFields(encoded: QueryString.encode([("x", text), ("y", "1")])))
    #expect(fields["x"] == text && fields["y"] == "1")
  }

  @Test("text in a page is escaped, markup of ours isn't")
  func escapes() {
    let text = #"<a href="x">'&"#
    let inner: HTML = "<b>\(text)</b>"
    let page: HTML = "<p>\(inner)</p>"
    #expect(page.markup == "<p><b>&lt;a href=&quot;x&quot;&gt;&#39;&amp;</b></p>")
  }
}

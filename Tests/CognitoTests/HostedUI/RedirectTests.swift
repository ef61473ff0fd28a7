import Cognito
import Testing

@Suite("The way back from a hosted sign-in")
struct RedirectTests {
  @Test("PKCE: the vector of RFC 7636, appendix B")
  func pkce() {
    let pkce = PKCE(verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
    #expect(pkce.challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
  }

  @Test("PKCE: each verifier is new and has 43 characters")
  func fresh() {
    let (first, second) = (PKCE(), PKCE())
    #expect(first.verifier != second.verifier)
    #expect(first.verifier.count == 43)
  }

  @Test("query strings survive a round trip, whatever is in them")
  func queries() {
    let text = QueryString.encode([("a b", "ü&=+%"), ("c", "")])
    #expect(text == "a%20b=%C3%BC%26%3D%2B%25&c=")
    #expect(QueryString.decode(text) == ["a b": "ü&=+%", "c": ""])
    #expect(QueryString.decode("a=1+2") == ["a": "1 2"])
  }

  @Test("an ambiguous or broken query is refused", arguments: ["a=1&a=2", "a=%", "a=%4", "a=%GG", "a=%FF"])
  func brokenQueries(_ text: String) {
    #expect(QueryString.decode(text) == nil)
  }

  @Test("a browser's request is read")
  func request() {
    let text = "GET /callback?code=1&state=2 HTTP/1.1\r\nHost: LocalHost:8400\r\nCookie: x: y\r\n\r\n"
    #expect(
      RedirectRequest.read(Array(text.utf8))
        == .complete(RedirectRequest(path: "/callback", query: "code=1&state=2", host: "localhost:8400")))
    #expect(RedirectRequest.read(Array(text.utf8.dropLast())) == .incomplete)
  }

  @Test(
    "other requests are refused",
    arguments: [
      "POST / HTTP/1.1\r\nHost: a\r\n\r\n", "GET / HTTP/1.0\r\nHost: a\r\n\r\n", "GET / HTTP/1.1\r\n\r\n",
      "GET http://x/ HTTP/1.1\r\nHost: a\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "\r\n\r\n",
      "GET / HTTP/1.1\r\nno colon\r\n\r\n", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
    ])
  func refused(_ text: String) {
    #expect(RedirectRequest.read(Array(text.utf8)) == .refused)
  }

  @Test("an endless head is refused")
  func endless() {
    #expect(RedirectRequest.read([UInt8](repeating: 0x41, count: RedirectRequest.longestHead)) == .refused)
  }
}

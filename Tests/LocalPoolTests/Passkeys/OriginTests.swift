import LocalPool
import Testing

@Suite("where a passkey may be used")
struct OriginTests {
  @Test(
    "origins of the relying party's hosts are allowed, with any port",
    arguments: [
      "https://example.com", "https://example.com:8443", "https://login.example.com", "https://a.b.example.com:1",
    ])
  func allowed(origin: String) {
    #expect(RelyingParty(id: "example.com", requiresUserVerification: false).allows(origin: origin))
  }

  @Test(
    "on localhost http will do", arguments: ["http://localhost:3000", "http://app.localhost", "https://localhost"])
  func localhost(origin: String) {
    #expect(RelyingParty(id: "localhost", requiresUserVerification: false).allows(origin: origin))
  }

  @Test(
    "other origins are not",
    arguments: [
      "https://example.org", "https://badexample.com", "https://example.com.org", "http://example.com",
      "http://localhost", "https://example.com/", "https://user@example.com", "https://example.com:0",
      "https://example.com:65536", "https://example.com:", "https://example.com:80:80", "https://.example.com",
      "https://a..example.com", "https://EXAMPLE.com", "https://-a.example.com", "example.com", "null", "",
      "https://", "ftp://example.com", "https://example.com.", "https://a b.example.com",
    ])
  func notAllowed(origin: String) {
    #expect(!RelyingParty(id: "example.com", requiresUserVerification: false).allows(origin: origin))
  }
}

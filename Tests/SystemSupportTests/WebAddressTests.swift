import SystemSupport
import Testing

@Suite("URLs in parts")
struct WebAddressTests {
  @Test("scheme, host, port, path and query, as they are connected to")
  func parts() throws {
    let full = try #require(WebAddress("HTTPS://Idp.Corp:8443/a%20b/?x=1&y"))
    #expect(full.scheme == "https" && full.host == "idp.corp" && full.port == 8443)
    #expect(full.path == "/a%20b/" && full.query == "x=1&y" && full.authority == "idp.corp:8443")
    let bare = try #require(WebAddress("http://[::1]"))
    #expect(bare.host == "[::1]" && bare.port == nil && bare.path == "/" && bare.query == nil && bare.isSecure)
    #expect(WebAddress("https://h:443")?.hostHeader == "h" && WebAddress("https://h:80")?.hostHeader == "h:80")
    #expect(WebAddress("https://h?x")?.path == "/" && WebAddress("http://h")?.isSecure == false)
  }

  @Test(
    "what could be understood in two ways is refused",
    arguments: [
      "", "h", "https:h", "https:/h", "https://", "://h", "ftp://h", "https://u@h", "https://u:p@h", "https://h#f",
      "https://h\\x", "https://h x", "https://h\n", "https://ü", "https://h:", "https://h:0", "https://h:65536",
      "https://h:1x", "https://[::1", "https://[", "https://]", "https://[]", "https://::1", "https://h:1:2",
    ])
  func refused(text: String) { #expect(WebAddress(text) == nil) }
}

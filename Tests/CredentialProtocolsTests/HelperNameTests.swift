import CredentialProtocols
import Testing

@Suite("names and text")
struct HelperNameTests {
  @Test("the protocol is chosen by the program's name")
  func names() {
    #expect(HelperName(programPath: "/usr/bin/git-credential-cognito") == .git)
    #expect(HelperName(programPath: "docker-credential-cognito") == .docker)
    #expect(HelperName(programPath: "cognito-helper") == nil)
    #expect(HelperName(programPath: "") == nil)
  }

  @Test("control characters and escapes can't reach the terminal (CVE-2024-50349)")
  func printableText() {
    #expect(printable("git.corp:443") == "git.corp:443")
    #expect(printable("a\u{1b}[2Jb\r\n%41\u{85}") == "a%1B[2Jb%0D%0A%2541%C2%85")
    #expect(printable(String(repeating: "x", count: 300)).utf8.count == 203)
  }
}

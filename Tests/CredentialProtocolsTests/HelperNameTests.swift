import CredentialProtocols
import Testing

@Suite("names of helpers")
struct HelperNameTests {
  @Test("the protocol is chosen by the program's name")
  func names() {
    #expect(HelperName(programPath: "/usr/bin/git-credential-cognito") == .git)
    #expect(HelperName(programPath: "docker-credential-cognito") == .docker)
    #expect(HelperName(programPath: "cognito-helper") == nil)
    #expect(HelperName(programPath: "") == nil)
  }
}

import Testing
import TokenCache

@Suite("the cached value")
struct CachedTokenTests {
  private let token = CachedToken(token: "eyJ.a", username: "ann", expiresAt: 1000)

  @Test("it survives encoding")
  func roundTrip() throws {
    #expect(CachedToken(decoding: try #require(token.encoded)) == token)
  }

  @Test(
    "what it didn't write is not read",
    arguments: [
      "", "cognito-login 1\n1000\nann\n", "cognito-login 2\n1000\nann\neyJ.a", "cognito-login 1\n1000\nann\neyJ.a\n",
      "cognito-login 1\n 1000\nann\neyJ.a", "cognito-login 1\n+1000\nann\neyJ.a", "cognito-login 1\n-1\nann\neyJ.a",
      "cognito-login 1\n1000\n\neyJ.a", "cognito-login 1\n99999999999999999999\nann\neyJ.a",
      "cognito-login 1\n1000\nann",
      "cognito-login 1\n1000\nann\neyJ a",
    ])
  func garbage(text: String) { #expect(CachedToken(decoding: Array(text.utf8)) == nil) }

  @Test("its description shows no token")
  func description() { #expect(!"\(token)".contains("eyJ")) }
}

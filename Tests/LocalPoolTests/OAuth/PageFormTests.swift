import Cognito
import Testing

@testable import LocalPool

@Suite("forms of the pages")
struct PageFormTests {
  @Test(
    "a pool's rules for passwords are said in a sentence",
    arguments: [
      ("{}", "At least 8 characters."),
      (#"{"MinimumLength": 12, "RequireNumbers": true}"#, "At least 12 characters, with a digit."),
      (
        #"{"RequireLowercase": true, "RequireUppercase": true, "RequireSymbols": true, "PasswordHistorySize": 3}"#,
        "At least 8 characters, with a lower-case letter, an upper-case letter and a symbol. Not one that you had before."
      ),
    ])
  func policy(_ json: String, _ sentence: String) throws {
    let policy = try AWSDocument<PasswordPolicySettings>(json: Array(json.utf8)).settings
    #expect(PasswordPolicyText.of(policy) == sentence)
  }

  @Test("a field that is at fault is tied to the complaint, with its hint; another one only to its hint")
  func complaint() {
    var field = FormField(name: "new_password", label: "New password", type: "password")
    field.hint = "Long."
    let blamed = field.html(Complaint(.invalidPassword("too short")), hasFocus: true).markup
    #expect(blamed.contains(#"aria-describedby="hint-new_password alert" aria-invalid="true" autofocus"#))
    let other = field.html(Complaint(.codeMismatch()), hasFocus: false).markup
    #expect(other.contains(#"aria-describedby="hint-new_password""#) && !other.contains("aria-invalid"))
    let unknown = field.html(Complaint(.incorrectPassword), hasFocus: false).markup
    #expect(unknown.contains("alert\"") && !unknown.contains("aria-invalid"))
  }

  @Test("what was typed and what the service says can't leave its place in the page")
  func escapes() {
    let markup = FormField(name: "x", label: "<b>", value: "\" autofocus onfocus=\"alert(1)").html(
      Complaint("<i>"), hasFocus: false
    ).markup
    #expect(!markup.contains("<b>") && markup.contains("value=\"&quot; autofocus onfocus=&quot;alert(1)\""))
  }

  @Test("the sentences that the service has for broken patterns aren't shown to people")
  func patterns() {
    let error = PoolException.invalidParameter(
      "1 validation error detected: Value at 'username' failed to satisfy constraint: Member must …")
    #expect(!Complaint(error).text.contains("Member"))
  }

  @Test(
    "a code can be asked for with PKCE or without, and goes to the client's own addresses alone",
    arguments: ["/signup", "/login"])
  func pages(_ path: String) throws {
    let harness = try PoolHarness()
    let pool = try harness.makePool()
    let client = try harness.makeClient(
      pool,
      [
        "AllowedOAuthFlowsUserPoolClient": true, "AllowedOAuthFlows": ["code"], "AllowedOAuthScopes": ["openid"],
        "CallbackURLs": ["https://app.example/callback"],
      ])
    func open(_ fields: [(String, String)]) throws -> PoolResponse? {
      let request = PoolRequest(
        method: "GET", target: path + "?" + QueryString.encode([("client_id", client)] + fields),
        headers: [(name: "Host", value: "x")], body: [], remoteAddress: "127.0.0.1")
      return path == "/signup"
        ? try SignUpRoute.respond(to: request, harness.context) : try LoginRoute.respond(to: request, harness.context)
    }
    let right = [
      ("redirect_uri", "https://app.example/callback"), ("response_type", "code"),
      ("code_challenge", String(repeating: "A", count: 43)), ("code_challenge_method", "S256"),
    ]
    #expect(try open(right)?.status == 200)
    #expect(try open(Array(right.prefix(2)))?.status == 200)
    #expect(try open(Array(right.prefix(2)) + [("code_challenge", "short"), right[3]])?.status == 302)
    #expect(try open([("redirect_uri", "https://evil.example/")])?.status == 400)
  }
}

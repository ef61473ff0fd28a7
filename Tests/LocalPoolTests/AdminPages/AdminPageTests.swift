import Cognito
import Logging
import TestSupport
import Testing

@testable import LocalPool

@Suite("the administrator's pages")
struct AdminPageTests {
  private let directory = TemporaryDirectory()
  private let context: PoolContext

  init() throws {
    let store = try PoolStore(directory: directory.path)
    context = try PoolContext(
      store: store, outbox: StoredOutbox(store: store), requestLog: RequestLog(), endpoint: "http://127.0.0.1:9",
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    _ = try FirstStart.ensure(context)
  }

  private func get(_ page: String, host: String = "127.0.0.1:9") throws -> PoolResponse {
    try #require(try AdminPage.respond(to: request("GET", "/_pool/" + page, host: host), context))
  }

  /// Sends a form as a browser would that was shown it, or with another token.
  private func post(_ fields: [(String, String)], csrf: String? = nil, to path: String = "change") throws
    -> PoolResponse
  {
    let cookie = Base64.encodeURL([UInt8](repeating: 7, count: 32))
    let shown = request("GET", "/_pool/users", cookie: cookie)
    let token = csrf ?? CSRFToken(for: shown, context).field
    let body = QueryString.encode([("csrf", token)] + fields)
    return try #require(
      try AdminPage.respond(to: request("POST", "/_pool/" + path, cookie: cookie, body: body), context))
  }

  private func request(
    _ method: String, _ target: String, host: String = "127.0.0.1:9", cookie: String? = nil, body: String = ""
  ) -> PoolRequest {
    var headers = [(name: "Host", value: host), (name: "Content-Type", value: "application/x-www-form-urlencoded")]
    if let cookie { headers.append((name: "Cookie", value: "cognito-pool-csrf=\(cookie)")) }
    return PoolRequest(
      method: method, target: target, headers: headers, body: Array(body.utf8), remoteAddress: "127.0.0.1")
  }

  private func location(_ response: PoolResponse) -> String {
    response.headers.first { $0.name == "Location" }?.value ?? ""
  }

  private func text(_ response: PoolResponse) -> String { String(decoding: response.body, as: UTF8.self) }

  @Test("a change is made by the API's operation, with its rules, and seen on the page that follows")
  func change() throws {
    let made = try post([("action", "new-user"), ("name", "ada"), ("password", "Lovelace-1815!")])
    #expect(made.status == 303 && location(made).contains("name=ada&done=new-user"))
    #expect(text(try get("user?name=ada&done=new-user")).contains("The user was made."))
    let refused = try post([("action", "set-password"), ("name", "ada"), ("password", "short")])
    #expect(refused.status == 400 && text(refused).contains("Password not long enough"))
    #expect(!text(refused).contains("short\""), "a password never comes back")
  }

  @Test(
    "every change says what it does and what it did, and leads to a page that is there", arguments: AdminAction.allCases
  )
  func labels(_ action: AdminAction) throws {
    #expect(!action.label.isEmpty && action.done.hasSuffix("."))
    // Nothing there to change: a refusal on a page, no error of ours.
    let response = try post([("action", action.rawValue), ("name", "nobody"), ("group", "none")])
    #expect([303, 400].contains(response.status))
  }

  @Test("nothing is changed without a token of this browser, by GET, or under another name for our address")
  func forged() throws {
    let fields = [("action", "new-group"), ("group", "staff")]
    #expect(try post(fields, csrf: "").status == 403)
    #expect(try post(fields, csrf: Base64.encodeURL([UInt8](repeating: 1, count: 32))).status == 403)
    #expect(try get("change?action=new-group&group=staff").status == 404)
    #expect(try post(fields, to: "groups").status == 405)
    #expect(try get("users", host: "evil.example").status == 403)
    #expect(text(try get("groups")).contains("None yet."))
  }

  @Test("what stands in the address can't put words into the page's mouth")
  func reflected() throws {
    #expect(!text(try get("users?done=%3Cb%3Eevil")).contains("evil"))
    #expect(text(try get("users?q=%22%3E%3Cb%3E")).contains("value=\"&quot;&gt;&lt;b&gt;\""))
    #expect(try get("user?name=%3Cb%3E").status == 400)
    #expect(try get("users?pool=local_Nothere01").status == 404)
  }
}

import Cognito
import Synchronization
import Testing

/// As much of a browser as the pool's sign-in pages need: it keeps cookies, follows the pool's redirects, and fills forms
/// in.
final class FlowBrowser: Sendable {
  private let transport = CurlTransport()
  private let origin: String
  private let cookies = Mutex<[String: String]>([:])

  init(origin: String) { self.origin = origin }

  /// A page of the pool, or an address elsewhere that it sends the browser to, which is not opened yet.
  enum Shown {
    case page(String)
    case away(String)

    func page() throws -> String {
      guard case .page(let text) = self else { throw UnexpectedStep(step: "the browser was sent away") }
      return text
    }

    func away() throws -> String {
      guard case .away(let url) = self else { throw UnexpectedStep(step: "the browser was not sent back") }
      return url
    }
  }

  /// Opens an address.
  func open(_ url: String) async throws -> Shown {
    try await show(send(HTTPRequest(method: "GET", url: url)))
  }

  /// Fills in a page's only form. The answer is the next page.
  func submit(_ page: String, _ fields: [(name: String, value: String)]) async throws -> Shown {
    let hidden = ["csrf", "login"].compactMap { name in value(of: name, in: page).map { (name: name, value: $0) } }
    return try await show(
      send(
        HTTPRequest(
          method: "POST", url: origin + "/login", headers: [.init("Content-Type", "application/x-www-form-urlencoded")],
          body: Array(QueryString.encode(hidden + fields).utf8))))
  }

  private func show(_ first: HTTPResponse) async throws -> Shown {
    var response = first
    for _ in 0..<8 {
      guard (300..<400).contains(response.status) else {
        return .page(String(decoding: response.body, as: UTF8.self))
      }
      let location = try #require(response.header("location"))
      guard location.hasPrefix("/") || location.hasPrefix(origin + "/") else { return .away(location) }
      response = try await send(
        HTTPRequest(method: "GET", url: location.hasPrefix("/") ? origin + location : location))
    }
    throw CognitoError(.redirectRefused, "redirects without end")
  }

  private func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    var request = request
    // Cookies are the pool's; they don't go to where it sends the browser back to.
    if request.url.hasPrefix(origin) {
      let cookie = cookies.withLock { $0.map { "\($0.key)=\($0.value)" }.joined(separator: "; ") }
      if !cookie.isEmpty { request.headers.append(.init("Cookie", cookie)) }
    }
    let response = try await transport.send(request, deadline: .now + .seconds(60))
    if let set = response.header("set-cookie")?.split(separator: ";").first {
      let parts = set.split(separator: "=", maxSplits: 1).map(String.init)
      if parts.count == 2 { cookies.withLock { $0[parts[0]] = parts[1] } }
    }
    return response
  }

  private func value(of name: String, in page: String) -> String? {
    guard let field = page.firstRange(of: "name=\"\(name)\" value=\"") else { return nil }
    return String(page[field.upperBound...].prefix { $0 != "\"" })
  }
}

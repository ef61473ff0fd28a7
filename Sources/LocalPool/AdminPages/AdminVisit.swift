import Cognito

/// A request for one of the administrator's pages, and the page around what it shows.
struct AdminVisit {
  static let tabs = [("users", "Users"), ("groups", "Groups"), ("outbox", "Outbox"), ("requests", "Requests")]

  let request: PoolRequest
  let context: PoolContext
  let log: RequestLog
  /// Of the query, or of the form.
  let fields: FormFields
  let pool: PoolRecord
  let pools: [PoolRecord]
  let token: CSRFToken
  /// What was wrong with the form that was sent.
  var complaint: Complaint?

  /// Runs an operation on this pool, as the API would for an administrator.
  @discardableResult
  func perform(_ operation: String, _ members: [String: JSONValue] = [:]) throws -> JSONValue {
    try Responder.perform(
      operation, OperationInput(members.merging(["UserPoolId": .string(pool.id)]) { $1 }), context,
      sourceAddress: request.remoteAddress)
  }

  /// The address of a page of this pool.
  func address(_ page: String, _ fields: [(name: String, value: String)] = []) -> String {
    AdminPage.prefix + page + "?" + QueryString.encode([("pool", pool.id)] + fields)
  }

  func link(_ page: String, _ fields: [(name: String, value: String)] = [], _ label: String) -> HTML {
    "<a href=\"\(address(page, fields))\">\(label)</a>"
  }

  /// - Parameters:
  ///   - tab: the one that the page belongs to.
  ///   - refresh: whether it shows itself anew every few seconds; whoever reads it can stop that.
  func page(_ title: String, tab: String, refresh: Bool = false, _ body: HTML) -> PoolResponse {
    let isLive = refresh && fields["live"] != "no"
    let links = Self.tabs.map { path, name -> HTML in
      "<a href=\"\(address(path))\"\(current(path == tab))>\(name)</a>"
    }
    let choice = pools.map { other -> HTML in
      let address = AdminPage.prefix + "users?" + QueryString.encode([("pool", other.id)])
      return "<a href=\"\(address)\"\(current(other.id == pool.id))>\(other.settings.poolName) (\(other.id))</a>"
    }
    let pause: HTML =
      !refresh
      ? .nothing
      : "<p>\(isLive ? "Shown anew every five seconds. " : "")\(link(tab, isLive ? [("live", "no")] : [], isLive ? "Pause" : "Show it live"))</p>"
    let done: HTML = AdminAction(rawValue: fields["done"] ?? "").map { "<p role=\"status\">\($0.done)</p>" } ?? .nothing
    let html: HTML = """
      <nav aria-label="Pools">\(choice)</nav>
      <nav aria-label="Pages">\(links)</nav>
      <h1>\(title)</h1>
      \(done)\(complaint.map { "<p role=\"alert\" id=\"alert\">\($0.text)</p>" } ?? .nothing)
      \(pause)\(body)
      """
    var headers = token.header.map { [$0] } ?? []
    if isLive { headers.append(("Refresh", "5")) }
    let name = "\(title) — \(pool.settings.poolName)"
    return Page.response(
      status: complaint == nil ? 200 : 400, title: complaint == nil ? name : "Error: \(name)", html, headers: headers)
  }

  private func current(_ isCurrent: Bool) -> HTML { isCurrent ? " aria-current=\"page\"" : .nothing }
}

import Cognito

/// `/_pool/…`: what is in the pool, to look at; nothing can be changed here. There only with `--admin-page`.
///
/// It shows codes and addresses, so it answers only under a name of this machine (a page on the internet could give its own
/// name our address), and asks for the administrator's keys when the pool has some.
enum AdminPage: HTTPRoute {
  static let prefix = "/_pool/"
  private static let tabs = [("users", "Users"), ("groups", "Groups"), ("outbox", "Outbox"), ("requests", "Requests")]

  static func respond(to request: PoolRequest, _ context: PoolContext) throws -> PoolResponse? {
    guard let log = context.requestLog, request.path == "/_pool" || request.path.hasPrefix(prefix) else { return nil }
    guard request.method == "GET" || request.method == "HEAD" else { return Page.refusal(405, "Use GET here.") }
    if let refusal = AdminPageAccess.refusal(request, context) { return refusal }
    let fields = FormFields(queryOf: request) ?? FormFields()
    let pools = try context.store.read { try $0.pools.list(limit: 60) }
    guard let pool = pools.first(where: { $0.id == fields["pool"] }) ?? pools.first else {
      return Page.refusal(404, "There is no pool yet.")
    }
    let after = Int64(fields["after"] ?? "") ?? 0
    switch request.path.dropFirst(prefix.count) {
    case "", "users": return page("Users", pool, pools, try AdminTables.users(pool, after: after, context))
    case "groups": return page("Groups", pool, pools, try AdminTables.groups(pool, context))
    case "outbox": return page("Outbox", pool, pools, try AdminTables.outbox(pool, context), refresh: true)
    case "requests": return page("Requests", pool, pools, AdminTables.requests(log), refresh: true)
    default: return Page.refusal(404, "There is no such page.")
    }
  }

  private static func page(
    _ title: String, _ pool: PoolRecord, _ pools: [PoolRecord], _ table: HTML, refresh: Bool = false
  ) -> PoolResponse {
    let links = tabs.map { path, name -> HTML in
      let current: HTML = name == title ? " aria-current=\"page\"" : .nothing
      return "<a href=\"\(prefix)\(path)?pool=\(pool.id)\"\(current)>\(name)</a>"
    }
    let choice = pools.map { other -> HTML in
      let current: HTML = other.id == pool.id ? " aria-current=\"page\"" : .nothing
      return "<a href=\"\(prefix)?pool=\(other.id)\"\(current)>\(other.settings.poolName) (\(other.id))</a>"
    }
    let body: HTML = """
      <nav aria-label="Pools">\(choice)</nav>
      <nav aria-label="Pages">\(links)</nav>
      <h1>\(title)</h1>
      \(table)
      """
    return Page.response(
      title: "\(title) — \(pool.settings.poolName)", body, headers: refresh ? [("Refresh", "5")] : [])
  }
}

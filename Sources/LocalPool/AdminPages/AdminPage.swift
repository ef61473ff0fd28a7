import Cognito

/// `/_pool/…`: what is in the pool, and the small changes that a teacher or tester makes by hand. There only with
/// `--admin-page`; no script, and none allowed.
///
/// It shows codes and addresses, so it answers only under a name of this machine (a page on the internet could give its own
/// name our address), and asks for the administrator's keys when the pool has some. A change needs a form that was shown in
/// the same browser.
enum AdminPage: HTTPRoute {
  static let prefix = "/_pool/"

  static func respond(to request: PoolRequest, _ context: PoolContext) throws -> PoolResponse? {
    guard let log = context.requestLog, request.path == "/_pool" || request.path.hasPrefix(prefix) else { return nil }
    if let refusal = AdminPageAccess.refusal(request, context) { return refusal }
    let isChange = request.method == "POST" && request.path == AdminAction.path
    guard isChange || request.method == "GET" || request.method == "HEAD" else {
      return Page.refusal(405, "Use GET here.")
    }
    guard let fields = isChange ? FormFields(bodyOf: request) : FormFields(queryOf: request) else {
      return Page.refusal(400, "The request can’t be read.")
    }
    let pools = try context.store.read { try $0.pools.list(limit: 60) }
    let chosen = try fields["pool"].map { id in try context.store.read { try $0.pools.find(id) } } ?? pools.first
    guard let pool = chosen else { return Page.refusal(404, "There is no such pool.") }
    let visit = AdminVisit(
      request: request, context: context, log: log, fields: fields, pool: pool, pools: pools,
      token: CSRFToken(for: request, context))
    do {
      return try isChange ? AdminAction.perform(visit) : show(visit)
    } catch let error as PoolException where error.status == 400 {
      // What the page is about isn't there, or has gone in the meantime.
      return Page.refusal(400, Complaint(error).text)
    }
  }

  private static func show(_ visit: AdminVisit) throws -> PoolResponse {
    switch visit.request.path.dropFirst(prefix.count) {
    case "", "users": return try UserListView.response(visit)
    case "user": return try UserView.response(visit)
    case "new-user": return NewUserView.response(visit)
    case "groups": return try GroupListView.response(visit)
    case "group": return try GroupView.response(visit)
    case "outbox": return try OutboxView.response(visit)
    case "requests": return RequestsView.response(visit)
    default: return Page.refusal(404, "There is no such page.")
    }
  }
}

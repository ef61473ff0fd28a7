import Cognito
import FoundationEssentials

/// The tables of the administrator's pages.
enum AdminTables {
  private static let usersOnAPage = 100

  static func users(_ pool: PoolRecord, after: Int64, _ context: PoolContext) throws -> HTML {
    let (users, groups, count) = try context.store.read { transaction in
      let users = try transaction.users.list(pool: pool, after: after, limit: usersOnAPage + 1)
      let groups = try users.map { try transaction.groups.groups(of: $0.id).map(\.name) }
      return (users, groups, try transaction.users.count(pool: pool.id))
    }
    let rows = zip(users, groups).prefix(usersOnAPage).map { user, groups in
      [
        user.username, user["email"] ?? "", user.status.rawValue, user.isEnabled ? "yes" : "no",
        user.mfaNames.joined(separator: ", "), groups.joined(separator: ", "), text(user.createdAt),
      ]
    }
    let next: HTML =
      users.count > usersOnAPage
      ? "<p><a href=\"\(AdminPage.prefix)users?pool=\(pool.id)&amp;after=\(String(users[usersOnAPage - 1].id))\">More users</a></p>"
      : .nothing
    let head = ["User name", "E-mail", "Status", "Enabled", "Second factors", "Groups", "Made"]
    return "<p>\(count) users.</p>\(table(head, rows))\(next)"
  }

  static func groups(_ pool: PoolRecord, _ context: PoolContext) throws -> HTML {
    let groups = try context.store.read { try $0.groups.list(pool: pool.id, limit: 1000) }
    let rows = groups.map {
      [$0.name, $0.description ?? "", $0.precedence.map(String.init) ?? "", $0.roleArn ?? "", text($0.createdAt)]
    }
    return table(["Group", "Description", "Precedence", "Role", "Made"], rows)
  }

  static func outbox(_ pool: PoolRecord, _ context: PoolContext) throws -> HTML {
    let messages = try context.store.read { try $0.outbox.latest(pool: pool.id, limit: 100) }
    let rows = messages.map {
      [text($0.createdAt), $0.medium.rawValue, $0.destination, $0.username, $0.subject, $0.body]
    }
    return table(["At", "By", "To", "User", "Subject", "Text"], rows)
  }

  static func requests(_ log: RequestLog) -> HTML {
    let rows = log.latest.map {
      [text($0.at), $0.operation, String($0.status), $0.error, "\($0.milliseconds) ms", $0.remote]
    }
    return table(["At", "Operation", "Status", "Error", "Took", "From"], rows)
  }

  private static func table(_ head: [String], _ rows: [[String]]) -> HTML {
    let titles = head.map { title -> HTML in "<th scope=\"col\">\(title)</th>" }
    let body = rows.map { row -> HTML in
      "<tr>\(row.map { cell -> HTML in "<td>\(cell)</td>" })</tr>\n"
    }
    return """
      <table><thead><tr>\(titles)</tr></thead><tbody>
      \(body)</tbody></table>
      """
  }

  /// 2026-11-24 19:31:05, UTC.
  private static func text(_ date: Date) -> String {
    let time = CivilTime(unixSeconds: Int64(date.timeIntervalSince1970))
    let day = "\(time.year)-\(CivilTime.twoDigits(time.month))-\(CivilTime.twoDigits(time.day))"
    return day + " " + [time.hour, time.minute, time.second].map { CivilTime.twoDigits($0) }.joined(separator: ":")
  }
}

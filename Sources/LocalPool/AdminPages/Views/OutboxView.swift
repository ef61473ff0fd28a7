import FoundationEssentials

/// The newest messages that AWS would have sent.
enum OutboxView {
  static func response(_ visit: AdminVisit) throws -> PoolResponse {
    let messages = try visit.context.store.read { try $0.outbox.latest(pool: visit.pool.id, limit: 100) }
    let rows = messages.map {
      [
        AdminTable.time($0.createdAt.timeIntervalSince1970), $0.medium.rawValue, $0.destination, $0.username,
        $0.subject,
        $0.body,
      ]
    }
    let table = AdminTable.texts("Messages, newest first", ["At (UTC)", "By", "To", "User", "Subject", "Text"], rows)
    return visit.page("Outbox", tab: "outbox", refresh: true, rows.isEmpty ? "<p>Nothing was sent yet.</p>" : table)
  }
}

/// The last requests that the server had, of all pools.
enum RequestsView {
  static func response(_ visit: AdminVisit) -> PoolResponse {
    let rows = visit.log.latest.map {
      [
        AdminTable.time($0.at.timeIntervalSince1970), $0.operation, String($0.status), $0.error,
        "\($0.milliseconds) ms",
        $0.remote,
      ]
    }
    let table = AdminTable.texts(
      "Requests, newest first", ["At (UTC)", "Operation", "Status", "Error", "Took", "From"], rows)
    return visit.page("Requests", tab: "requests", refresh: true, rows.isEmpty ? "<p>None yet.</p>" : table)
  }
}

import Cognito

/// What root sees by `cognito admin status`: numbers, who has to wait, and no secrets.
package struct StatusReport: Sendable {
  private let context: LoginContext

  package init(context: LoginContext) { self.context = context }

  package var json: JSONValue {
    get async {
      let pool = context.configuration.pool
      let known = try? await context.accounts.count()
      return [
        "user_pool_id": .string(pool.userPoolID), "client_id": .string(pool.clientID), "region": .string(pool.region),
        "login_name": .string(context.login.name.text),
        "endpoint": pool.endpoint.map { .string($0) } ?? .null,
        "logins": known.map { .int(Int64($0)) } ?? .null,
        "waiting_for_collection": .int(Int64(await context.leases.count)),
        "open_sessions": .int(Int64(await openSessions)),
        "waits": .array((try? await context.attempts.waits(limit: 100))?.map(\.json) ?? []),
      ]
    }
  }

  /// Of people of the pool alone: logind counts everybody's.
  private var openSessions: Int {
    get async {
      var count = 0
      for (uid, sessions) in await context.leases.sessions where (try? await context.accounts.find(uid: uid)) != nil {
        count += sessions
      }
      return count
    }
  }
}

extension AttemptWait {
  fileprivate var json: JSONValue {
    [
      "name": name.map { .string($0) } ?? .null, "from": origin.map { .string($0) } ?? .null,
      "wrong_answers": .int(Int64(count)), "seconds": .int(seconds),
    ]
  }
}

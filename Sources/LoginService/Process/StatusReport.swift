import Cognito

/// What root sees by `cognito admin status`: numbers, no names and no secrets.
struct StatusReport: Sendable {
  let context: LoginContext
  let pool: LoginConfiguration.Pool

  var json: JSONValue {
    get async {
      let known = try? await context.accounts.count()
      return [
        "user_pool_id": .string(pool.userPoolID), "client_id": .string(pool.clientID), "region": .string(pool.region),
        "endpoint": pool.endpoint.map { .string($0) } ?? .null,
        "logins": known.map { .int(Int64($0)) } ?? .null,
        "waiting_for_collection": .int(Int64(await context.leases.count)),
        "open_sessions": .int(Int64(await context.leases.sessionCount)),
      ]
    }
  }
}

import Cognito
import Logging
import LoginProtocol

/// What root does to one account, and asks about all.
extension Requests {
  func lock(_ name: LoginName) async throws {
    let account = try await known(name)
    try await context.accounts.setLocked(true, name)
    try await context.userdb.publish(name)
    await endLease(of: account)
    context.logger.notice("login locked", metadata: ["user": "\(name)"])
  }

  func unlock(_ name: LoginName) async throws {
    let account = try await known(name)
    try await context.attempts.unlock(name)
    if account.isLocked {
      try await context.accounts.setLocked(false, name)
      try await context.userdb.publish(name)
    }
    context.logger.notice("login unlocked, wrong answers forgotten", metadata: ["user": "\(name)"])
  }

  func forget(_ name: LoginName) async throws {
    let account = try await known(name)
    try await context.accounts.forget(name)
    try await context.devices.forget(uid: account.id.number)
    try await context.userdb.publish(name)
    await endLease(of: account)
    context.logger.notice(
      "login forgot whose it was", metadata: ["user": "\(name)", "sub": "\(account.subject ?? "")"])
  }

  private func known(_ name: LoginName) async throws -> Account {
    guard let account = try await context.accounts.find(name) else { throw AccountError.unknownName(name.text) }
    return account
  }

  func endLease(of account: Account) async {
    if let lease = await context.leases.drop(uid: account.id.number) { await context.end(lease.tokens) }
  }

  /// Who is on this machine, and whose tokens wait for their collector.
  func sessions() async throws -> JSONValue {
    let open = await context.leases.sessions
    let leases = await context.leases.waiting
    var shown: [JSONValue] = []
    let uids = Set(open.keys).union(leases.keys).sorted()
    for uid in uids {
      guard let account = try await context.accounts.find(uid: uid) else { continue }
      let lease = leases[uid]
      shown.append([
        "name": .string(account.name.text), "uid": .int(Int64(uid)), "open": .int(Int64(open[uid] ?? 0)),
        "waits_for_collection": .bool(lease != nil), "service": lease.map { .string($0.service) } ?? .null,
        "seconds": lease.map { .int($0.seconds) } ?? .null,
      ])
    }
    // A frame holds about 450.
    let limit = 400
    return ["sessions": .array(Array(shown.prefix(limit))), "left_out": .int(Int64(max(0, shown.count - limit)))]
  }
}

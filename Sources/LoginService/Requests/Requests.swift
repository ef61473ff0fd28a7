import Cognito
import Logging
import LoginProtocol

/// Answers collectors and root's commands.
package struct Requests: Sendable {
  let context: LoginContext
  private let status: @Sendable () async -> JSONValue

  /// - Parameter status: what the server knows about itself, for root.
  package init(context: LoginContext, status: @escaping @Sendable () async -> JSONValue) {
    self.context = context
    self.status = status
  }

  /// The answer to a request; nil for a message that is none.
  package func answer(_ message: LoginMessage, from peer: Peer) async -> LoginMessage? {
    do {
      switch message {
      case .collect: return await collect(peer)
      case .stored(let id): return await stored(id, peer)
      case .signOut: return await signOut(peer)
      case .loginAdd, .loginRemove, .loginList, .loginUnlock, .loginLock, .loginForget, .loginSessions, .status:
        guard peer.isRoot else {
          context.refusals.note("administration by another than root", by: "uid \(peer.uid)")
          return .refused(Refusal(.notPermitted, "Only root may do that."))
        }
        return try await administer(message)
      default: return nil
      }
    } catch let error as AccountError {
      return .refused(Refusal(error.refusalCode, "\(error)"))
    } catch {
      context.logger.error("a request failed", metadata: ["request": "\(message)", "reason": "\(error)"])
      return .refused(Refusal(.failed, "That failed: see the log of cognito-logind."))
    }
  }

  private func collect(_ peer: Peer) async -> LoginMessage {
    guard let lease = await context.leases.lease(of: peer.uid) else { return .nothing }
    guard let document = LeaseDocument(lease, of: context.configuration.pool).encoded else {
      context.logger.error("a login's tokens can't be handed over: too large", metadata: ["uid": "\(peer.uid)"])
      return .refused(Refusal(.failed, "The tokens of this login are too large to hand over."))
    }
    return .lease(lease.id, document: document)
  }

  private func stored(_ id: LeaseID, _ peer: Peer) async -> LoginMessage {
    guard await context.leases.stored(id, by: peer.uid) else {
      return .refused(Refusal(.unknownLease, "There is no such login to forget."))
    }
    context.logger.info("a login's tokens were collected", metadata: ["uid": "\(peer.uid)"])
    return .done
  }

  private func signOut(_ peer: Peer) async -> LoginMessage {
    // What the person's own sign-out ends is all that they are signed in by.
    do { try await context.devices.forget(uid: peer.uid) } catch {
      context.logger.error("a remembered device can't be forgotten", metadata: ["reason": "\(error)"])
    }
    guard let lease = await context.leases.drop(uid: peer.uid) else { return .done }
    guard await context.end(lease.tokens) else {
      return .refused(
        Refusal(
          .unavailable, "The tokens are forgotten here, but the user pool couldn't be told: they end by themselves."))
    }
    return .done
  }

  private func administer(_ message: LoginMessage) async throws -> LoginMessage? {
    switch message {
    case .loginAdd(let name, let poolUser): return try await add(name, poolUser: poolUser)
    case .loginRemove(let name):
      let account = try await context.accounts.find(name)
      try await context.accounts.remove(name)
      try await context.attempts.forget(name)
      try await context.userdb.withdraw(name)
      if let account {
        try await context.devices.forget(uid: account.id.number)
        await endLease(of: account)
      }
      context.logger.notice("login removed", metadata: ["user": "\(name)"])
      return .done
    case .loginUnlock(let name):
      try await unlock(name)
      return .done
    case .loginLock(let name):
      try await lock(name)
      return .done
    case .loginForget(let name):
      try await forget(name)
      return .done
    case .loginSessions:
      return .report(document: String(decoding: try await sessions().serialized(), as: UTF8.self))
    case .loginList(let after): return try await list(after: after)
    case .status: return .report(document: String(decoding: await status().serialized(), as: UTF8.self))
    default: return nil
    }
  }

  private func list(after: LoginName?) async throws -> LoginMessage {
    let accounts = try await context.accounts.list(after: after, limit: Self.page + 1)
    var shown: [JSONValue] = []
    var size = 2
    for account in accounts.prefix(Self.page) {
      let entry = account.listing
      size += entry.serialized().count + 1
      // A frame's room decides, but never less than one entry.
      guard size <= Self.room || shown.isEmpty else { break }
      shown.append(entry)
    }
    let document = String(decoding: JSONValue.array(shown).serialized(), as: UTF8.self)
    return .logins(document: document, more: shown.count < accounts.count)
  }

  private static let page = 200
  private static let room = 60_000
}

extension Account {
  /// As root sees it.
  var listing: JSONValue {
    [
      "name": .string(name.text), "uid": .int(Int64(id.number)), "gid": .int(Int64(id.number)),
      "pool_user": poolUser.map { .string($0) } ?? .null, "known_person": .bool(subject != nil),
      "pool_name": poolName.map { .string($0) } ?? .null, "sub": subject.map { .string($0) } ?? .null,
      "disabled": .bool(isDisabled), "locked": .bool(isLocked),
      // Cognito lets a person be in 100 groups, with names of 128 characters: a frame holds four such people.
      "groups": .array(groups.sorted().map { .string($0) }),
      "last_sign_in": lastSignIn.map { .int($0) } ?? .null,
    ]
  }
}

extension AccountError {
  var refusalCode: Refusal.Code {
    switch self {
    case .localName, .reservedName, .unfitName: .unfitName
    case .unknownName: .unknownName
    case .idsExhausted, .anotherPerson, .anotherName, .full, .records, .unusableDatabase: .failed
    }
  }
}

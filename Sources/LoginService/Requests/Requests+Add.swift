import Cognito
import Logging
import LoginProtocol
import SystemSupport

extension Requests {
  /// Makes a name known, or maps a known one anew. What can never become a login is refused at once, with the reason.
  func add(_ name: LoginName, poolUser: String?) async throws -> LoginMessage {
    guard poolUser.map(PoolRules.username.accepts) ?? true else {
      throw AccountError.unfitName("a user of the pool is asked for by 1 to 128 characters without blanks")
    }
    let known = try await context.accounts.find(name)
    let rule = context.login.name
    let asked = try poolUser ?? known?.poolUser ?? rule.poolUser(for: name)
    // Somebody who has signed in is known by `sub`, whatever the pool calls them.
    let isBound = known?.subject != nil
    let found = isBound ? Found() : try await inspect(name, asked, isMapped: poolUser ?? known?.poolUser != nil)
    var notes = found.notes
    let account = try await context.accounts.add(name, poolUser: poolUser)
    // A new mapping says anew by what a person who is known is asked for.
    if !isBound || poolUser != nil { try await context.accounts.setPoolName(found.poolName, name) }
    try await context.userdb.publish(name)
    context.logger.notice(
      "login added", metadata: ["user": "\(name)", "uid": "\(account.id)", "pool-user": "\(asked)"])
    notes += await findings(about: rule)
    let document: JSONValue = [
      "added": .string(name.text), "uid": .int(Int64(account.id.number)), "pool_user": .string(asked),
      "pool_name": found.poolName.map { .string($0) } ?? .null,
      "notes": .array(notes.map { .string($0) }),
    ]
    return .report(document: String(decoding: document.serialized(), as: UTF8.self))
  }

  private struct Found {
    /// Whom root's word is about from now on, where the pool calls them by another name than the one typed.
    var poolName: String?
    var notes: [String] = []
  }

  /// What the pool itself says about the name, if it says anything within a moment.
  private func inspect(_ name: LoginName, _ asked: String, isMapped: Bool) async throws -> Found {
    let found: String
    do {
      found = try await context.pool(within: Self.patience) { try await $0.nameInPool(asked) }
    } catch let error as CognitoError {
      switch error.code {
      case .userNotFound: return Found(notes: ["The user pool has nobody called \(printable(asked)), or not yet."])
      default:
        return Found(
          notes: ["The user pool couldn't be asked for \(printable(asked)): \(printable(error.message))"])
      }
    }
    // Else a claim of the token has to say that the name is theirs.
    guard context.login.name.claim == .username, !isMapped, PoolRules.username.accepts(found),
      !HostName.lowercased(found).utf8.elementsEqual(HostName.lowercased(asked).utf8)
    else { return Found() }
    if let other = try await context.accounts.named(found), other.name != name {
      throw AccountError.anotherName(other.name.text)
    }
    var notes = [
      "The user pool knows \(name) as \(printable(found)), and that person alone gets this account: make sure that it "
        + "is who you mean."
    ]
    // Pools that hide which names exist make up a UUID for one that nobody has.
    if isUUID(found) {
      notes.append("If nobody is called \(name) there yet, the pool has made that up: add the name again then.")
    }
    return Found(poolName: found, notes: notes)
  }

  private func findings(about rule: LoginNameRule) async -> [String] {
    (try? await context.pool(within: Self.patience) { await $0.findings(about: rule) }) ?? []
  }

  /// Less than what root's command waits for an answer, twice.
  private static let patience: Duration = .seconds(4)
}

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
    var notes = known?.subject == nil ? try await inspect(name, asked, isMapped: asked != name.text) : []
    let account = try await context.accounts.add(name, poolUser: poolUser)
    try await context.userdb.publish(name)
    context.logger.notice(
      "login added", metadata: ["user": "\(name)", "uid": "\(account.id)", "pool-user": "\(asked)"])
    notes += await findings(about: rule)
    let document: JSONValue = [
      "added": .string(name.text), "uid": .int(Int64(account.id.number)), "pool_user": .string(asked),
      "notes": .array(notes.map { .string($0) }),
    ]
    return .report(document: String(decoding: document.serialized(), as: UTF8.self))
  }

  /// What the pool itself says about the name, if it says anything within a moment.
  private func inspect(_ name: LoginName, _ asked: String, isMapped: Bool) async throws -> [String] {
    let found: String
    do {
      found = try await context.pool(within: Self.patience) { try await $0.nameInPool(asked) }
    } catch let error as CognitoError {
      switch error.code {
      case .userNotFound: return ["The user pool has nobody called \(printable(asked)), or not yet."]
      default: return ["The user pool couldn't be asked for \(printable(asked)): \(printable(error.message))"]
      }
    }
    guard context.login.name.claim == .username, !isMapped else { return [] }
    guard HostName.lowercased(found).utf8.elementsEqual(HostName.lowercased(asked).utf8) else {
      throw AccountError.unfitName(
        """
        the user pool knows \(name) as \(printable(found)), and login_name = username wants the two to be one: people of \
        this pool sign in by something else. Say in cognito-login.conf what (login_name), or run \
        'cognito admin login add NAME --user \(name)' with a login name of your choice
        """)
    }
    return []
  }

  private func findings(about rule: LoginNameRule) async -> [String] {
    (try? await context.pool(within: Self.patience) { await $0.findings(about: rule) }) ?? []
  }

  /// Less than what root's command waits for an answer, twice.
  private static let patience: Duration = .seconds(4)
}

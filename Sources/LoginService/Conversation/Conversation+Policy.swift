import Cognito
import FoundationEssentials
import Logging
import LoginProtocol

extension Conversation {
  /// What the program that asks wants of a person.
  var policy: ServicePolicy { context.login.policy(for: begin.service) }

  /// Whether a person who has just proved who they are may do what they came for: by the fresh token alone.
  ///
  /// - Parameter account: as it was before this sign-in; nil when there was none.
  func checkPolicy(_ identity: PoolIdentity, before account: Account?) async throws {
    // As it is now: root may have locked it while the person typed.
    guard try await context.accounts.find(begin.user)?.isLocked != true else {
      logger.notice("refused: locked by root")
      throw try await refused(.notPermitted, Wording.locked)
    }
    guard context.login.allowed.admits(identity.groups) else {
      logger.notice("refused: not in an allowed group")
      throw try await refused(.notPermitted, Wording.groupMissing)
    }
    guard policy.admits(identity.groups) else {
      logger.notice("refused: not in a group that this program wants")
      throw try await refused(.notPermitted, Wording.serviceGroupMissing)
    }
    guard policy.isReached(by: identity.text("acr")) else {
      logger.notice(
        "refused: not proved as strongly as this program wants", metadata: ["acr": "\(identity.text("acr") ?? "")"])
      throw try await refused(.notPermitted, Wording.tooWeak)
    }
    if let maximumAge = policy.maximumAge {
      let now = Double(context.clock.now)
      guard let moment = identity.authenticatedAt, now - moment <= Double(maximumAge.components.seconds) + Self.leeway
      else {
        logger.notice("refused: the proof is older than this program wants")
        throw try await refused(.notPermitted, Wording.tooOld)
      }
    }
    if let account { try await checkLosses(account, identity.groups) }
  }

  /// sudo decides by the groups of the process that calls it, and those stay as they were at its login. So a right that was
  /// lost since must be refused here, unless the configuration says what the program's access rests on.
  private func checkLosses(_ account: Account, _ groups: Set<String>) async throws {
    guard policy.groups == nil, context.login.reauthenticationServices.contains(begin.service) else { return }
    let map = context.login.groupMap
    let before = map.linuxGroups(of: account.groups.union(account.lostGroups.keys))
    let lost = Set(before).subtracting(map.linuxGroups(of: groups))
    guard lost.isEmpty else {
      logger.notice("refused: groups were lost", metadata: ["groups": "\(lost.sorted().joined(separator: ","))"])
      throw try await refused(.notPermitted, Wording.groupsLost)
    }
  }

  /// The account hook: what can be decided without asking the person anything. Runs alone after ssh with a key, for cron
  /// and for `su` by root.
  func account() async throws -> Outcome.Code {
    guard let account = try await context.accounts.find(begin.user) else { return .unknownUser }
    guard !account.isLocked else {
      logger.notice("refused: locked by root")
      try await terminal.warn(Wording.locked)
      return .notPermitted
    }
    guard !account.isDisabled else {
      logger.notice("refused: disabled in the user pool")
      return .expired
    }
    guard context.login.allowed.admits(account.groups) else {
      logger.notice("refused: not in an allowed group")
      try await terminal.warn(Wording.groupMissing)
      return .notPermitted
    }
    guard policy.admits(account.groups) else {
      logger.notice("refused: not in a group that this program wants")
      try await terminal.warn(Wording.serviceGroupMissing)
      return .notPermitted
    }
    // What the pool said then may no longer be so, and nobody but the person can ask it again.
    guard policy.recheck.isRecent(account.lastSignIn, now: context.clock.now) else {
      logger.notice("refused: the last sign-in is too long ago", metadata: ["last": "\(account.lastSignIn ?? 0)"])
      try await terminal.warn(Wording.signInAgain)
      return .notPermitted
    }
    return .success
  }

  /// How far the pool's clock may be from ours, in seconds.
  private static let leeway = 300.0
}

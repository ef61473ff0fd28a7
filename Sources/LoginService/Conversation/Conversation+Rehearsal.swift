import Cognito
import Logging
import LoginProtocol

extension Conversation {
  /// Goes through a sign-in for root, says at each step what came of it, and leaves nothing behind: no session, no tokens,
  /// no account bound, no password changed. Wrong passwords count as they always do.
  package static func rehearse(
    _ name: LoginName, service: String, peer: Peer, context: LoginContext, terminal: any Prompter
  ) async throws -> Outcome {
    let begin = Begin(operation: .authenticate, user: name, service: service, caller: 0)
    let conversation = Conversation(
      begin, peer: peer, context: context, terminal: RehearsalPrompter(terminal), isRehearsal: true)
    let code = try await conversation.rehearse()
    conversation.logger.notice("login tested by root", metadata: ["outcome": "\(code)"])
    return Outcome(code, for: begin)
  }

  private func rehearse() async throws -> Outcome.Code {
    do {
      guard let before = try await candidate() else {
        try await terminal.warn(Wording.Rehearsal.unknown(begin.user))
        return .unknownUser
      }
      let asked = try await poolUser(of: before.account)
      try await terminal.tell(Wording.Rehearsal.asked(asked))
      let proof = try await prove(Prompt(.password, Wording.passwordPrompt), as: before.account)
      defer { context.discard(proof.tokens) }
      let identity = proof.identity
      try await terminal.tell(Wording.Rehearsal.person(identity))
      try await checkPolicy(identity, before: before.account)
      let groups = context.login.groupMap.linuxGroups(of: identity.groups)
      try await terminal.tell(Wording.Rehearsal.letIn(begin.user, groups: groups))
      return .success
    } catch let refused as SignInRefused {
      if let reason = audit.reason { try await terminal.warn(Wording.Rehearsal.reason(reason)) }
      return refused.code
    } catch is RehearsalPrompter.Over {
      return .success
    } catch let ended as ConversationEnded {
      throw ended
    } catch {
      logger.error("failed", metadata: ["reason": "\(error)"])
      try await terminal.warn(Wording.failed)
      return .failed
    }
  }
}

/// Asks all but for what would stay: a new password.
private final class RehearsalPrompter: Prompter {
  struct Over: Error {}

  private let terminal: any Prompter

  init(_ terminal: any Prompter) { self.terminal = terminal }

  func ask(_ prompt: Prompt) async throws -> Secret {
    guard prompt.kind != .newPassword else {
      try await terminal.tell(Wording.Rehearsal.newPassword)
      throw Over()
    }
    return try await terminal.ask(prompt)
  }

  func tell(_ text: String) async throws { try await terminal.tell(text) }
  func warn(_ text: String) async throws { try await terminal.warn(text) }
}

extension Wording {
  /// What root reads.
  enum Rehearsal {
    static func unknown(_ name: LoginName) -> String {
      "\(name) isn't known to this machine, and no sign-in is tried: 'cognito admin login add \(name)' makes it known."
    }
    static func asked(_ name: String) -> String { printable("The pool is asked for \(name).") }
    static func person(_ identity: PoolIdentity) -> String {
      let groups = identity.groups.isEmpty ? "no group" : identity.groups.sorted().joined(separator: ", ")
      let level = identity.text("acr").map { " Level: \($0)." } ?? ""
      return printable("The pool signed \(identity.username) in (sub \(identity.subject)), in \(groups).\(level)")
    }
    static func letIn(_ name: LoginName, groups: [String]) -> String {
      let given = groups.isEmpty ? "no groups of this machine" : groups.joined(separator: ", ")
      return printable("\(name) would be let in, with \(given). Nothing is kept of this sign-in.")
    }
    static func reason(_ reason: String) -> String { printable("The reason: \(reason)") }
    static let newFactor =
      "A second factor has to be set up before the sign-in is complete: this test ends here, and changes nothing."
    static let newPassword =
      "A new password has to be chosen before the sign-in is complete: this test ends here, and changes nothing."
  }
}

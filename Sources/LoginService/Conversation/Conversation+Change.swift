import Cognito
import Logging
import LoginProtocol

extension Conversation {
  /// The first half of `passwd`: is it the person, and is the pool there?
  func checkBeforeChange() async throws -> Ending {
    guard let account = try await context.accounts.find(begin.user) else { return ending(.unknownUser) }
    // A temporary password is replaced while signing in: later none is ever expired.
    guard !begin.flags.contains(.onlyIfExpired) else { return ending(.success) }
    do {
      let proof = try await prove(Prompt(.currentPassword, Wording.currentPasswordPrompt), as: account)
      let ticket = await context.tickets.issue(
        Tickets.Proof(tokens: proof.tokens, password: proof.password), name: begin.user, uid: peer.uid)
      if ticket == nil { context.discard(proof.tokens) }
      return Ending(outcome: Outcome(.success, for: begin, ticket: ticket), lease: nil, uid: nil)
    } catch let refused as SignInRefused {
      return ending(refused.code == .unavailable ? .tryAgain : refused.code)
    }
  }

  /// The second half. It comes without a ticket when the first was skipped: then it asks for the password itself.
  func change() async throws -> Outcome.Code {
    guard let account = try await context.accounts.find(begin.user) else { return .unknownUser }
    guard !begin.flags.contains(.onlyIfExpired) else { return .success }
    do {
      let proof = try await proofForChange(account)
      defer { context.discard(proof.tokens) }
      for attempt in 1...Self.maximumTries {
        if let reason = try await replacePassword(proof) {
          guard attempt < Self.maximumTries else { throw try await refused(.passwordRefused, reason) }
          try await terminal.warn(reason + "\n" + Wording.chooseAnother)
        } else {
          break
        }
      }
      logger.notice("password changed")
      try await terminal.tell(Wording.passwordChanged)
      return .success
    } catch let refused as SignInRefused {
      return refused.code
    }
  }

  private func proofForChange(_ account: Account) async throws -> Tickets.Proof {
    if let ticket = begin.ticket,
      let proof = await context.tickets.redeem(ticket, name: begin.user, uid: peer.uid)
    {
      return proof
    }
    let proof = try await prove(Prompt(.currentPassword, Wording.currentPasswordPrompt), as: account)
    return Tickets.Proof(tokens: proof.tokens, password: proof.password)
  }

  /// - Returns: why the pool doesn't take the new password; nil when it did.
  private func replacePassword(_ proof: Tickets.Proof) async throws -> String? {
    let password = try await terminal.ask(Prompt(.newPassword, Wording.newPasswordPrompt))
    guard password != proof.password else { return Wording.sameAsBefore }
    guard !password.isEmpty else { return Wording.denied }
    do {
      try await context.pool { try await $0.changePassword(proof.tokens, from: proof.password, to: password) }
      return nil
    } catch let error as CognitoError {
      logger.notice("the password is not changed", metadata: ["reason": "\(error)"])
      switch SignInFailure(error, withNewPassword: true) {
      case .passwordRefused(let reason), .attributeRefused(let reason): return Wording.printable(reason)
      case .unavailable: throw try await refused(.unavailable, Wording.unavailable)
      case .locked: throw try await refused(.maxTries, Wording.lockedByPool)
      default: throw try await refused(.denied, Wording.denied)
      }
    }
  }
}

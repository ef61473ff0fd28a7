import Cognito
import Logging
import LoginProtocol

extension Conversation {
  func authenticate() async throws -> Ending {
    guard let before = try await candidate() else {
      return ending(try await pretend())
    }
    do {
      let proof = try await prove(Prompt(.password, Wording.passwordPrompt))
      do {
        let account = try await admit(proof.identity, known: before)
        return try await handOver(proof, to: account)
      } catch {
        // Nobody will get these tokens.
        context.discard(proof.tokens)
        throw error
      }
    } catch let refused as SignInRefused {
      return ending(discreet(refused.code))
    }
  }

  /// Who may try: a known account, or, if the configuration says so, any name that could become one.
  private enum Candidate {
    case known(Account)
    case unknown
  }

  private func candidate() async throws -> Candidate? {
    if let account = try await context.accounts.find(begin.user) { return .known(account) }
    guard context.login.allowUnknown,
      try await context.accounts.couldAdd(begin.user, evenPlain: context.login.plainNames)
    else { return nil }
    return .unknown
  }

  /// From a person of the pool to an account of this machine.
  private func admit(_ identity: PoolIdentity, known: Candidate) async throws -> Account {
    let isAllowed = context.login.allowed.admits(identity.groups)
    let before: Account
    switch known {
    case .known(let account): before = account
    case .unknown:
      guard isAllowed else { throw try await refusedByPolicy() }
      before = try await context.accounts.add(begin.user)
    }
    let account: Account
    do {
      account = try await context.accounts.recordSignIn(
        begin.user, subject: identity.subject, groups: identity.groups)
    } catch let error as AccountError {
      logger.error("refused", metadata: ["reason": "\(error)"])
      throw try await refused(.notPermitted, Wording.anotherPerson)
    }
    // Behind: an earlier change of this person may not have reached the machine, and a right that is gone must be gone.
    let isBehind = await context.userdb.isBehind
    if isBehind || before.groups != account.groups || before.isDisabled || before.lastSignIn == nil {
      try await context.userdb.publish(begin.user)
    }
    guard isAllowed else { throw try await refusedByPolicy() }
    return account
  }

  private func refusedByPolicy() async throws -> SignInRefused {
    logger.notice("refused: not in an allowed group")
    return try await refused(.notPermitted, Wording.groupMissing)
  }

  /// Keeps the tokens for the person's collector; a program that only asked again gets none.
  private func handOver(_ proof: SignInProof, to account: Account) async throws -> Ending {
    guard !context.login.reauthenticationServices.contains(begin.service) else {
      context.discard(proof.tokens)
      return Ending(outcome: Outcome(.success, for: begin), lease: nil, uid: account.id.number)
    }
    await confirmDevice(proof.tokens)
    let uid = account.id.number
    let (lease, replaced) = await context.leases.put(
      proof.tokens, of: account.name, uid: uid, service: begin.service)
    if let replaced { context.discard(replaced.tokens) }
    if lease == nil {
      logger.warning("too many logins wait for their collector: this one's tokens are ended")
      context.discard(proof.tokens)
    }
    return Ending(outcome: Outcome(.success, for: begin), lease: lease, uid: uid)
  }
  /// What is handed over must be good for more than its first hour. The person is in whether or not this succeeds.
  private func confirmDevice(_ tokens: LoginTokens) async {
    guard tokens.newDevice != nil else { return }
    do {
      try await context.pool(within: context.poolDeadline / 2) { try await $0.confirmDevice(tokens) }
    } catch {
      logger.warning(
        "the pool's device for this login isn't confirmed: its tokens can't be renewed",
        metadata: ["reason": "\(error)"])
    }
  }
}

import Cognito
import Logging
import LoginProtocol

extension Conversation {
  func authenticate() async throws -> Ending {
    guard let before = try await candidate() else {
      return ending(try await pretend())
    }
    do {
      let proof = try await prove(Prompt(.password, Wording.passwordPrompt), as: before.account)
      do {
        let account = try await admit(proof.identity, known: before.account)
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
  struct Candidate {
    let account: Account?
  }

  func candidate() async throws -> Candidate? {
    if let account = try await context.accounts.find(begin.user) { return Candidate(account: account) }
    guard context.login.allowUnknown,
      try await context.accounts.couldAdd(begin.user, evenPlain: context.login.plainNames),
      (try? context.login.name.poolUser(for: begin.user)) != nil
    else { return nil }
    return Candidate(account: nil)
  }

  /// From a person of the pool to an account of this machine. Somebody whom the policy refuses is bound to no name.
  private func admit(_ identity: PoolIdentity, known before: Account?) async throws -> Account {
    let (name, subject, groups) = (begin.user, identity.subject, identity.groups)
    do {
      try await checkPolicy(identity, before: before)
    } catch {
      if try await context.accounts.recordRefused(name, subject: subject, groups: groups) {
        try await context.userdb.publish(name)
      }
      throw error
    }
    let account: Account
    do {
      if before == nil { _ = try await context.accounts.add(name) }
      account = try await context.accounts.recordSignIn(
        name, subject: subject, poolName: identity.username, groups: groups)
    } catch let error as AccountError {
      logger.error("refused", metadata: ["reason": "\(error)"])
      throw try await refused(.notPermitted, Wording.anotherPerson)
    }
    // Behind: an earlier change of this person may not have reached the machine, and a right that is gone must be gone.
    let isBehind = await context.userdb.isBehind
    let isChanged = before.map { $0.groups != account.groups || $0.isDisabled || $0.lastSignIn == nil } ?? true
    if isBehind || isChanged { try await context.userdb.publish(name) }
    return account
  }

  /// Keeps the tokens for the person's collector; a program that only asked again gets none.
  private func handOver(_ proof: SignInProof, to account: Account) async throws -> Ending {
    guard !context.login.reauthenticationServices.contains(begin.service) else {
      context.discard(proof.tokens)
      return Ending(outcome: Outcome(.success, for: begin), lease: nil, uid: account.id.number)
    }
    let tokens = try await settleDevice(of: proof, account)
    let uid = account.id.number
    let (lease, replaced) = await context.leases.put(tokens, of: account.name, uid: uid, service: begin.service)
    if let replaced { context.discard(replaced.tokens) }
    if lease == nil {
      logger.warning("too many logins wait for their collector: this one's tokens are ended")
      context.discard(tokens)
    }
    return Ending(outcome: Outcome(.success, for: begin), lease: lease, uid: uid)
  }
}

import Cognito
import Logging
import LoginProtocol

extension Conversation {
  /// What the pool is asked for: of somebody who has signed in, its own name for them, whatever becomes of their address;
  /// of others, what root or `login_name` says. A name that it can't be asked for, since `login_name` was changed, is refused as a wrong
  /// password is.
  func poolUser(of account: Account?) async throws -> String {
    if account?.subject != nil, let own = account?.poolName { return own }
    if let known = account?.poolUser { return known }
    do {
      return try context.login.name.poolUser(for: begin.user)
    } catch {
      logger.error("refused", metadata: ["reason": "\(error)"])
      try await takeAsLongAsThePool()
      throw try await refused(.denied, Wording.denied)
    }
  }

  /// Whether the pool's person is the one that this machine means by the name: by `sub` once that is bound, until then by
  /// the claim that `login_name` says, or by what root mapped the name to. Binds nothing.
  func checkPerson(_ identity: PoolIdentity, _ tokens: LoginTokens, as account: Account?) async throws {
    guard !identity.subject.isEmpty else { throw try await somebodyElse(identity) }
    do {
      try await context.accounts.check(begin.user, subject: identity.subject)
    } catch let error as AccountError {
      logger.error("refused", metadata: ["reason": "\(error)"])
      throw try await refused(.notPermitted, Wording.anotherPerson)
    }
    guard account?.subject == nil else { return }
    let (poolUser, poolName) = (account?.poolUser, account?.poolName)
    switch context.login.name.match(identity, begin.user, poolUser: poolUser, poolName: poolName) {
    case .person: return
    case .somebodyElse: throw try await somebodyElse(identity)
    case .unlessWritable(let attribute, let value):
      do {
        let canWrite = try await context.pool { try await $0.canWrite(attribute, value: value, tokens) }
        guard canWrite else { return }
      } catch {
        logger.error("who can write \(attribute) can't be found out", metadata: ["reason": "\(error)"])
        throw try await refused(.unavailable, Wording.unavailable)
      }
      logger.error(
        "refused: people of this app client can write \(attribute), so it says nothing about who they are",
        metadata: ["sub": "\(identity.subject)"])
      throw try await refused(.notPermitted, Wording.nameNotProved)
    }
  }

  private func somebodyElse(_ identity: PoolIdentity) async throws -> SignInRefused {
    audit.reason = "the pool signed somebody else in"
    logger.error(
      "the pool signed somebody else in",
      metadata: [
        "username": "\(identity.username)", "sub": "\(identity.subject)",
        "advice": "if it is the right person: cognito admin login add \(begin.user) --user \(identity.username)",
      ])
    return try await refused(.denied, Wording.denied)
  }
}

import Cognito
import LoginProtocol

extension Conversation {
  /// Asks an unknown name what a known one is asked, and takes as long: whoever isn't on this machine yet shall not learn
  /// which names it knows. The answer goes to the modules behind ours, as PAM_AUTHTOK.
  func pretend() async throws -> Outcome.Code {
    guard isDiscreet else { return .unknownUser }
    let typed = try await terminal.ask(Prompt(.password, Wording.passwordPrompt))
    if isForgotten(typed) { try await pretendReset(after: typed) }
    try await takeAsLongAsThePool()
    return context.verdictTimes.isAway ? .unavailable : .unknownUser
  }

  func takeAsLongAsThePool() async throws {
    if isDiscreet { try await Task.sleep(for: context.verdictTimes.pick()) }
  }

  /// sshd drops its methods after `maxTries`, which the other end sees: until the password was right, a wait is a plain no.
  func discreet(_ code: Outcome.Code) -> Outcome.Code {
    guard let discreet = terminal as? DiscreetPrompter, !discreet.isKnown, code == .maxTries else { return code }
    return .denied
  }

  /// From here on what is said is said to the person.
  func passwordWasRight() { (terminal as? DiscreetPrompter)?.passwordWasRight() }

  /// Whether somebody who might have been anybody has shown the right password.
  var isKnown: Bool { (terminal as? DiscreetPrompter)?.isKnown ?? false }

  /// Whether the person may be anybody. Who is on this machine can list its names by `getent`.
  private var isDiscreet: Bool { terminal is DiscreetPrompter }

  /// Puts a password to the pool. The pool locks a name after a few wrong ones, for a second at first, and refuses the
  /// right one meanwhile unheard: where the person has signed in before, short locks are waited out, because somebody
  /// else's guesses may have made them.
  func askPool<Answer: Sendable>(
    _ attempts: borrowing Attempts, _ ask: @escaping @Sendable (any PoolAuthority) async throws -> Answer
  ) async throws -> Answer {
    let start = ContinuousClock.now
    do {
      let answer = try await context.pool(ask)
      context.verdictTimes.saidYes()
      return answer
    } catch let error as CognitoError {
      switch SignInFailure(error) {
      case .unavailable: context.verdictTimes.saidNothing()
      default: context.verdictTimes.saidNo(after: ContinuousClock.now - start)
      }
      guard error.code == .passwordAttemptsExceeded, try await attempts.isFromKnownPlace else { throw error }
    }
    for wait in context.lockWaits {
      try await Task.sleep(for: wait)
      do {
        return try await context.pool(ask)
      } catch let error as CognitoError where error.code == .passwordAttemptsExceeded {
        continue
      }
    }
    throw CognitoError(.passwordAttemptsExceeded, "The pool has locked the name for longer than can be waited.")
  }
}

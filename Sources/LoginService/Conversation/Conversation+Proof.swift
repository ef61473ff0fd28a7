import Cognito
import Logging
import LoginProtocol

/// What a complete sign-in at the pool gave, checked.
struct SignInProof: Sendable {
  let tokens: LoginTokens
  let identity: PoolIdentity
  /// The password that is valid now: the one typed, or the one chosen in its place.
  let password: Secret
  /// Whether a second factor was shown.
  let hadCode: Bool
}

/// A sign-in that came to nothing.
struct SignInRefused: Error {
  let code: Outcome.Code
}

extension Conversation {
  /// Asks for the password and whatever the pool wants more, and verifies what comes out of it.
  ///
  /// - Parameter account: whom this machine knows by the name; nil when it knows nobody yet.
  func prove(_ prompt: Prompt, as account: Account?) async throws -> SignInProof {
    let password = try await terminal.ask(prompt)
    guard !password.isEmpty else { throw try await refused(.denied, Wording.denied) }
    let asked = try await poolUser(of: account)
    var attempts = Attempts(account?.name, from: origin, context: context)
    do {
      if let account, isForgotten(password) {
        let chosen = try await resetPassword(of: asked, account, after: password, &attempts)
        return try await signIn(asked, chosen, as: account, &attempts)
      }
      try await count(&attempts)
      do {
        return try await signIn(asked, password, as: account, &attempts)
      } catch let error as CognitoError {
        guard let account else { throw error }
        let valid = try await mend(error, of: asked, account, after: password, &attempts)
        return try await signIn(asked, valid, as: account, &attempts)
      }
    } catch let error as CognitoError {
      throw try await refusal(of: error, &attempts)
    }
  }

  /// One attempt, which has been counted.
  private func signIn(
    _ user: String, _ password: Secret, as account: Account?, _ attempts: inout Attempts
  ) async throws -> SignInProof {
    let levels = policy.levels
    let device = try await device(for: account)
    let stage = try await askPool(attempts) {
      try await $0.signIn(user, password: password, levels: levels, device: device)
    }
    passwordWasRight()
    let (tokens, newPassword, hadCode) = try await finish(stage, after: password, &attempts)
    let identity = try await verified(tokens, as: account)
    try await attempts.succeeded()
    return SignInProof(tokens: tokens, identity: identity, password: newPassword ?? password, hadCode: hadCode)
  }

  /// The signature decides whose tokens these are, not the name that was typed; and that must be who is meant by it.
  private func verified(_ tokens: LoginTokens, as account: Account?) async throws -> PoolIdentity {
    let identity: PoolIdentity
    do {
      identity = try await context.pool { try await $0.verify(tokens) }
    } catch {
      if SignInFailure(error) == .wrongClock { throw error }
      logger.error("the pool's tokens can't be verified", metadata: ["reason": "\(error)"])
      throw try await refused(.unavailable, Wording.unavailable)
    }
    do {
      try await checkPerson(identity, tokens, as: account)
    } catch {
      context.discard(tokens)
      throw error
    }
    return identity
  }

  /// Answers the pool's questions until there are tokens.
  ///
  /// - Parameter password: what was typed first
  private func finish(
    _ first: SignInStage, after password: Secret, _ attempts: inout Attempts
  ) async throws -> (LoginTokens, Secret?, hadCode: Bool) {
    var stage = first
    var chosen: Secret?
    var typed = [password]
    var wrong = 0
    // A password that goes with attributes of which one was refused is not asked for again.
    var kept: Secret?
    for _ in 0..<Self.maximumQuestions {
      guard case .asks(let question, let signIn) = stage else { break }
      let answer = try await self.answer(question, after: typed, password: kept, again: wrong > 0)
      var proposed: Secret?
      switch answer {
      case .newPassword(let password, _): proposed = password
      case .code(let code): typed.append(code)
      case .choice, .email: break
      }
      do {
        stage = try await context.pool { _ in try await signIn.answer(answer) }
        (wrong, kept) = (0, nil)
        if let proposed { chosen = proposed }
      } catch {
        wrong += 1
        kept = nil
        switch SignInFailure(error, withNewPassword: proposed != nil) {
        case .wrongCode:
          if case .email = answer {
            guard wrong < Self.maximumTries else { throw try await refused(.denied, Wording.wrongAddress) }
            try await terminal.warn(Wording.wrongAddress)
          } else {
            guard wrong < Self.maximumTries else { throw try await refused(.denied, Wording.tooManyCodes) }
            try await terminal.warn(Wording.wrongCode)
          }
          try await count(&attempts)
        case .passwordRefused(let reason):
          guard wrong < Self.maximumTries else { throw try await refused(.denied, Wording.printable(reason)) }
          try await terminal.warn(Wording.printable(reason) + "\n" + Wording.chooseAnother)
        case .attributeRefused(let reason):
          guard wrong < Self.maximumTries else { throw try await refused(.denied, Wording.printable(reason)) }
          try await terminal.warn(Wording.printable(reason))
          kept = proposed
        default: throw error
        }
      }
    }
    guard case .done(let tokens) = stage else {
      logger.error("the pool asked too many questions")
      throw try await refused(.unavailable, Wording.unavailable)
    }
    return (tokens, chosen, hadCode: typed.count > 1)
  }

  /// Counts one more attempt, on disk, before the pool is asked.
  func count(_ attempts: inout Attempts) async throws {
    switch try await attempts.begin() {
    case .go: return
    case .wait(let seconds):
      try await takeAsLongAsThePool()
      throw try await mustWait(seconds)
    }
  }

  func mustWait(_ seconds: Int64) async throws -> SignInRefused {
    audit.isCounted = true
    context.refusals.note("too many attempts", by: "\(origin)")
    return try await refused(.maxTries, Wording.wait(seconds))
  }

  static let maximumQuestions = 16
  static let maximumTries = 3
}

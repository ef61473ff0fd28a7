import Cognito
import Logging
import LoginProtocol

/// What a complete sign-in at the pool gave, checked.
struct SignInProof: Sendable {
  let tokens: LoginTokens
  let identity: PoolIdentity
  /// The password that is valid now: the one typed, or the one chosen in its place.
  let password: Secret
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
      try await count(&attempts)
      let levels = policy.levels
      let stage = try await askPool(attempts) { try await $0.signIn(asked, password: password, levels: levels) }
      passwordWasRight()
      let (tokens, newPassword) = try await finish(stage, after: password, &attempts)
      let identity = try await verified(tokens, as: account)
      try await attempts.succeeded()
      return SignInProof(tokens: tokens, identity: identity, password: newPassword ?? password)
    } catch let error as CognitoError {
      throw try await refusal(of: error, &attempts)
    }
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
  ) async throws -> (LoginTokens, Secret?) {
    var stage = first
    var chosen: Secret?
    var typed = [password]
    var wrong = 0
    for _ in 0..<Self.maximumQuestions {
      guard case .asks(let question, let signIn) = stage else { break }
      let answer = try await self.answer(question, after: typed)
      var proposed: Secret?
      switch answer {
      case .newPassword(let password, _): proposed = password
      case .code(let code): typed.append(code)
      case .choice: break
      }
      do {
        stage = try await context.pool { _ in try await signIn.answer(answer) }
        wrong = 0
        if let proposed { chosen = proposed }
      } catch {
        wrong += 1
        switch SignInFailure(error, withNewPassword: proposed != nil) {
        case .wrongCode:
          guard wrong < Self.maximumTries else { throw try await refused(.denied, Wording.tooManyCodes) }
          try await terminal.warn(Wording.wrongCode)
          try await count(&attempts)
        case .passwordRefused(let reason):
          guard wrong < Self.maximumTries else { throw try await refused(.denied, Wording.printable(reason)) }
          try await terminal.warn(Wording.printable(reason) + "\n" + Wording.chooseAnother)
        default: throw error
        }
      }
    }
    guard case .done(let tokens) = stage else {
      logger.error("the pool asked too many questions")
      throw try await refused(.unavailable, Wording.unavailable)
    }
    return (tokens, chosen)
  }

  private func answer(_ question: SignInQuestion, after typed: [Secret]) async throws -> SignInReply {
    switch question {
    case .authenticatorCode: return .code(try await code(Wording.authenticatorPrompt))
    case .sentCode(let medium, let destination):
      return .code(try await code(Wording.sentCodePrompt(medium: medium, destination: destination)))
    case .authenticatorSetUp(let secret, let account):
      try await terminal.tell(Wording.setUpAuthenticator)
      // The key is for the person's eyes; it is in no log, and no later message repeats it.
      try await terminal.tell(secret.revealed().map { Wording.printable("\(account): \($0)") } ?? "?")
      return .code(try await code(Wording.authenticatorPrompt))
    case .choice(let options):
      while true {
        let typed = try await terminal.ask(Prompt(.choice, Wording.choicePrompt(options), echo: true))
        if let number = typed.revealed().flatMap({ Int($0) }), options.indices.contains(number - 1) {
          return .choice(number - 1)
        }
      }
    case .newPassword(let missing):
      try await terminal.tell(Wording.mustChange)
      let password = try await newPassword(after: typed)
      var attributes: [String: String] = [:]
      for name in missing {
        let typed = try await terminal.ask(Prompt(.question, Wording.attributePrompt(name), echo: true))
        attributes[name] = typed.revealed() ?? ""
      }
      return .newPassword(password, attributes: attributes)
    }
  }

  /// A new password. What equals something typed before isn't a choice: ssh's password method answers every hidden prompt
  /// with the one text that it has, and a temporary password would become the permanent one unseen.
  private func newPassword(after typed: [Secret]) async throws -> Secret {
    for _ in 0..<Self.maximumTries {
      let password = try await terminal.ask(Prompt(.newPassword, Wording.newPasswordPrompt))
      guard typed.contains(password) else { return password }
      try await terminal.warn(Wording.justTyped + "\n" + Wording.chooseAnother)
    }
    logger.notice("refused: no new password was chosen")
    throw SignInRefused(code: .denied)
  }

  /// A code as people type it: blanks in it and around it don't count.
  private func code(_ prompt: String) async throws -> Secret {
    let typed = try await terminal.ask(Prompt(.code, prompt, echo: true))
    return typed.withBytes { bytes in Secret(bytes: bytes.filter { $0 != UInt8(ascii: " ") }) }
  }

  /// Counts one more attempt, on disk, before the pool is asked.
  private func count(_ attempts: inout Attempts) async throws {
    switch try await attempts.begin() {
    case .go: return
    case .wait(let seconds):
      audit.isCounted = true
      context.refusals.note("too many attempts", by: "\(origin)")
      try await takeAsLongAsThePool()
      throw try await refused(.maxTries, Wording.wait(seconds))
    }
  }

  private func refusal(of error: CognitoError, _ attempts: inout Attempts) async throws -> SignInRefused {
    let failure = SignInFailure(error)
    audit.reason = "\(error)"
    switch failure {
    case .denied, .wrongCode: return try await refused(.denied, Wording.denied)
    case .disabled:
      try await setDisabled()
      return try await refused(.denied, Wording.denied)
    case .locked: return try await refused(.maxTries, Wording.lockedByPool)
    case .resetRequired: return try await refused(.denied, Wording.resetRequired)
    case .unconfirmed: return try await refused(.denied, Wording.unconfirmed)
    case .passwordRefused(let reason): return try await refused(.denied, Wording.printable(reason))
    case .tooWeak: return try await refused(.notPermitted, Wording.tooWeak)
    case .wrongClock:
      // There are tokens, so the password was right.
      passwordWasRight()
      try await attempts.hadNoVerdict()
      logger.error("this machine's clock is wrong: see `timedatectl`", metadata: ["reason": "\(error)"])
      return try await refused(.unavailable, Wording.wrongClock)
    case .unavailable:
      try await attempts.hadNoVerdict()
      return try await refused(.unavailable, Wording.unavailable)
    }
  }

  private func setDisabled() async throws {
    try await context.accounts.markDisabled(begin.user)
    try await context.userdb.publish(begin.user)
  }

  func refused(_ code: Outcome.Code, _ text: String) async throws -> SignInRefused {
    try await terminal.warn(text)
    return SignInRefused(code: code)
  }

  static let maximumQuestions = 16
  static let maximumTries = 3
}

import Cognito
import Logging
import LoginProtocol

/// Ways back in for who has no valid password, or no confirmed account. Each is off unless the configuration has it.
extension Conversation {
  /// Whether somebody says, in place of the password, that they have forgotten it. Not where a program only asks again who
  /// sits there: whoever holds a session and a telephone isn't more for that.
  func isForgotten(_ typed: Secret) -> Bool { mayReset && typed == Self.forgotten }

  private var mayReset: Bool {
    guard begin.operation == .authenticate, !isReauthentication, !isRehearsal else { return false }
    switch (context.login.passwordReset, origin) {
    case (.no, _), (.local, .remote): return false
    case (.yes, _), (.local, .local): return true
    }
  }

  /// Whether there is a way on after a refusal of the pool's, which comes before the pool has looked at the password.
  ///
  /// - Parameter typed: the password, as the person knows it
  /// - Returns: the password to sign in with now. Throws the error itself when there is no way.
  func mend(
    _ error: CognitoError, of user: String, _ account: Account, after typed: Secret, _ attempts: inout Attempts
  ) async throws -> Secret {
    switch SignInFailure(error) {
    case .resetRequired where mayReset && origin.isOnThisMachine:
      try await terminal.warn(Wording.resetHere)
      return try await resetPassword(of: user, account, after: typed, &attempts)
    case .unconfirmed where context.login.accountConfirmation && begin.operation == .authenticate && !isRehearsal:
      try await confirm(user, account, &attempts)
      return typed
    default: throw error
    }
  }

  // Password

  /// Sets a new password with a code that the pool sends. Who may be anybody is asked the same whatever comes of it, and
  /// hears nothing until the code was right.
  ///
  /// - Parameter typed: what stood in the password's place
  /// - Returns: the password that is valid now.
  func resetPassword(
    of user: String, _ account: Account, after typed: Secret, _ attempts: inout Attempts
  ) async throws -> Secret {
    let verdict = try await attempts.begin()
    var code = try await self.code(Wording.resetCodePrompt)
    if code.isEmpty {
      if verdict == .go {
        try await sendResetCode(to: user, account)
      } else {
        try await takeAsLongAsThePool()
      }
      code = try await self.code(Wording.sentCodePrompt)
    }
    var password = try await newPassword(after: [typed, code])
    if case .wait(let seconds) = verdict { throw try await mustWait(seconds) }
    for _ in 1..<Self.maximumTries {
      do {
        try await reset(user, code, password)
        return password
      } catch let error as CognitoError {
        guard origin.isOnThisMachine else { throw error }
        switch SignInFailure(error, withNewPassword: true) {
        case .passwordRefused(let reason):
          try await terminal.warn(Wording.printable(reason) + "\n" + Wording.chooseAnother)
          password = try await newPassword(after: [typed, code])
        case .attributeRefused:
          try await terminal.warn(Wording.wrongSentCode)
          try await count(&attempts)
          code = try await self.code(Wording.sentCodePrompt)
        default: throw error
        }
      }
    }
    try await reset(user, code, password)
    return password
  }

  private func reset(_ user: String, _ code: Secret, _ password: Secret) async throws {
    do {
      try await context.pool { try await $0.resetPassword(of: user, code: code, to: password) }
      logger.notice("password reset by a code")
    } catch {
      logger.notice("password not reset", metadata: ["reason": "\(error)"])
      throw error
    }
  }

  private func sendResetCode(to user: String, _ account: Account) async throws {
    do {
      try await send(to: account) { try await $0.sendResetCode(to: user) }
    } catch let error as CognitoError {
      logger.notice("no reset code sent", metadata: ["reason": "\(error)"])
      guard origin.isOnThisMachine else { return }
      throw try await refused(.denied, Wording.cannotReset)
    }
  }

  /// What `resetPassword` asks, for a name that this machine doesn't know.
  func pretendReset(after typed: Secret) async throws {
    var code = try await self.code(Wording.resetCodePrompt)
    if code.isEmpty {
      try await takeAsLongAsThePool()
      code = try await self.code(Wording.sentCodePrompt)
    }
    _ = try await newPassword(after: [typed, code])
  }

  // Account

  /// Asks for the code of a sign-up. That alone tells that the account waits for it: the configuration says whether it may.
  private func confirm(_ user: String, _ account: Account, _ attempts: inout Attempts) async throws {
    try await terminal.tell(Wording.unconfirmedHere)
    for _ in 0..<Self.maximumTries {
      let code = try await self.code(Wording.confirmationPrompt)
      do {
        guard !code.isEmpty else {
          try await send(to: account) { try await $0.sendConfirmationCode(to: user) }
          continue
        }
        try await context.pool { try await $0.confirmAccount(of: user, code: code) }
        logger.notice("account confirmed by a code")
        return
      } catch let error as CognitoError where SignInFailure(error) == .wrongCode {
        try await terminal.warn(Wording.wrongSentCode)
        try await count(&attempts)
      }
    }
    throw try await refused(.denied, Wording.tooManyCodes)
  }

  /// Has the pool send something, within what a person needs: nobody shall be able to fill somebody's mailbox.
  private func send(
    to account: Account, _ send: @escaping @Sendable (any PoolAuthority) async throws -> Void
  ) async throws {
    guard context.sentCodes.mayGo(to: account.name) else {
      logger.notice("no code sent: too many of late")
      return try await takeAsLongAsThePool()
    }
    try await context.pool(send)
    logger.notice("code sent")
  }

  /// What is typed for the password by who has forgotten it. As a password it would be against every policy.
  private static let forgotten = Secret(utf8: "forgotten")
}

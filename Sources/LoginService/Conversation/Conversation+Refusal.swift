import Cognito
import Logging
import LoginProtocol

extension Conversation {
  /// What becomes of an error of the pool's that no other answer mends.
  func refusal(of error: CognitoError, _ attempts: inout Attempts) async throws -> SignInRefused {
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
    case .passwordRefused(let reason), .attributeRefused(let reason):
      return try await refused(.denied, Wording.printable(reason))
    case .unsendable:
      try await attempts.hadNoVerdict()
      return try await refused(.unavailable, Wording.unsendable)
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

  /// Says why, to whoever may hear it.
  func refused(_ code: Outcome.Code, _ text: String) async throws -> SignInRefused {
    guard hearsRefusalsInPromptsAlone else {
      try await terminal.warn(text)
      return SignInRefused(code: code)
    }
    // Whoever turns away instead of answering is refused all the same, and the journal hears of it.
    _ = try? await terminal.ask(Prompt(.question, Wording.lastWords(text), echo: true))
    return SignInRefused(code: code)
  }

  /// OpenSSH keeps messages until there is a prompt to put them before, and a sign-in that is refused has no more prompts.
  private var hearsRefusalsInPromptsAlone: Bool {
    begin.operation == .authenticate && begin.service == "sshd" && isKnown
  }
}

import Cognito
import Logging
import LoginProtocol

extension Conversation {
  /// Puts the pool's question to the person.
  ///
  /// - Parameters:
  ///   - typed: all secrets of this conversation so far
  ///   - kept: the new password, when only what goes with it was refused
  ///   - again: whether the last answer was wrong
  func answer(
    _ question: SignInQuestion, after typed: [Secret], password kept: Secret?, again: Bool
  ) async throws -> SignInReply {
    if isRehearsal, question.setsUpAFactor { throw try await refused(.denied, Wording.Rehearsal.newFactor) }
    switch question {
    case .authenticatorCode: return .code(try await code(Wording.authenticatorPrompt))
    case .sentCode(let medium, let destination):
      return .code(try await code(Wording.sentCodePrompt(medium: medium, destination: destination)))
    case .authenticatorSetUp(let secret, let issuer):
      if !again { try await show(secret, issuer: issuer) }
      // sudo drops messages, and would ask for a code of a key that nobody has seen.
      let isSilent = begin.flags.contains(.silent)
      return .code(try await code(isSilent ? Wording.setUpPrompt(key: key(secret)) : Wording.authenticatorPrompt))
    case .emailSetUp:
      let typed = try await terminal.ask(Prompt(.question, Wording.addressPrompt, echo: true))
      return .email(typed.revealed() ?? "")
    case .choice(let options): return .choice(try await choice(Wording.choicePrompt(options), of: options.count))
    case .setUpChoice(let options): return .choice(try await choice(Wording.setUpPrompt(options), of: options.count))
    case .impossible:
      logger.error("refused: the pool wants a second factor of a kind that can't be given in a login prompt")
      throw try await refused(.denied, Wording.noFactor)
    case .newPassword(let missing):
      if kept == nil { try await terminal.tell(Wording.mustChange) }
      let password = if let kept { kept } else { try await newPassword(after: typed) }
      var attributes: [String: String] = [:]
      for name in missing {
        let typed = try await terminal.ask(Prompt(.question, Wording.attributePrompt(name), echo: true))
        attributes[name] = typed.revealed() ?? ""
      }
      return .newPassword(password, attributes: attributes)
    }
  }

  /// The key is for the person's eyes: it is in no log, and no later message repeats it.
  private func show(_ secret: Secret, issuer: String) async throws {
    guard !begin.flags.contains(.silent) else { return }
    try await terminal.tell(Wording.setUpAuthenticator)
    if Self.programsWithTerminal.contains(begin.service) {
      let setup = SoftwareTokenSetup(secret: secret, issuer: issuer, account: begin.user.text)
      for text in QRCode(Array(setup.url.utf8))?.texts() ?? [] { try await terminal.tell(text) }
    }
    try await terminal.tell(Wording.key(key(secret)))
  }

  private func key(_ secret: Secret) -> String { Wording.printable(secret.revealed() ?? "") }

  private func choice(_ prompt: String, of count: Int) async throws -> Int {
    for _ in 0..<Self.maximumTries {
      let typed = try await terminal.ask(Prompt(.choice, prompt, echo: true))
      if let number = typed.revealed().flatMap({ Int($0) }), (1...count).contains(number) { return number - 1 }
    }
    logger.notice("refused: nothing was chosen")
    throw SignInRefused(code: .denied)
  }

  /// A new password. What equals something typed before isn't a choice: ssh's password method answers every hidden prompt
  /// with the one text that it has, and a temporary password would become the permanent one unseen.
  func newPassword(after typed: [Secret]) async throws -> Secret {
    for _ in 0..<Self.maximumTries {
      let password = try await terminal.ask(Prompt(.newPassword, Wording.newPasswordPrompt))
      guard typed.contains(password) || password.isEmpty else { return password }
      try await terminal.warn(
        (password.isEmpty ? Wording.nothingTyped : Wording.justTyped) + "\n" + Wording.chooseAnother)
    }
    logger.notice("refused: no new password was chosen")
    throw SignInRefused(code: .denied)
  }

  /// A code as people type it: blanks in it and around it don't count.
  func code(_ prompt: String) async throws -> Secret {
    let typed = try await terminal.ask(Prompt(.code, prompt, echo: true))
    return typed.withBytes { bytes in Secret(bytes: bytes.filter { $0 != UInt8(ascii: " ") }) }
  }

  /// Programs that show what they are told in a terminal, where a code of blocks can be read.
  private static let programsWithTerminal: Set<String> = ["sshd", "login", "remote", "su", "su-l", "passwd"]
}

import Cognito
import Logging
import LoginProtocol

/// This machine as a device of the person's, in pools that track devices.
extension Conversation {
  /// The device to show at this sign-in. A program that only asks again who sits there gets no further by it: what it asks
  /// for is the person. Nor is one shown where a level is wanted, which a device never reaches.
  func device(for account: Account?) async throws -> DeviceStore.Entry? {
    guard context.login.rememberDevice != .no, begin.operation == .authenticate, !isReauthentication, !isRehearsal,
      policy.levels.isEmpty, let account
    else { return nil }
    return try await context.devices.device(of: account, from: origin)
  }

  var isReauthentication: Bool { context.login.reauthenticationServices.contains(begin.service) }

  /// Confirms the device that the pool has made: what is handed over must be good for more than its first hour. The person is
  /// in whether or not this succeeds.
  ///
  /// - Returns: the tokens, which no longer end a device that is remembered.
  func settleDevice(of proof: SignInProof, _ account: Account) async throws -> LoginTokens {
    let tokens = proof.tokens
    do {
      if tokens.deviceWasForgotten { try await context.devices.forget(uid: account.id.number, from: origin) }
      guard tokens.newDevice != nil else { return tokens }
      let isRemembered = try await shallRemember(proof)
      guard let device = try await confirm(tokens, isRemembered: isRemembered) else { return tokens }
      try await context.devices.remember(device, username: tokens.username, of: account, from: origin)
      logger.notice("this machine stands for the person's second factor from now on", metadata: ["from": "\(origin)"])
      return tokens.onLastingDevice()
    } catch let ended as ConversationEnded {
      throw ended
    } catch {
      logger.warning(
        "the pool's device for this login isn't confirmed: its tokens can't be renewed",
        metadata: ["reason": "\(error)"])
      return tokens
    }
  }

  /// Only who has just shown a second factor can be spared it.
  private func shallRemember(_ proof: SignInProof) async throws -> Bool {
    guard proof.hadCode else { return false }
    switch context.login.rememberDevice {
    case .no: return false
    case .yes: return true
    case .ask:
      let answer = try await terminal.ask(Prompt(.question, Wording.rememberPrompt, echo: true))
      return ["y", "yes"].contains(answer.revealed()?.lowercased())
    }
  }

  /// Twice if need be: a session without it ends within the hour.
  private func confirm(_ tokens: LoginTokens, isRemembered: Bool) async throws -> RememberedDevice? {
    let name = NewDevice.suggestedName(for: begin.service)
    func once() async throws -> RememberedDevice? {
      try await context.pool(within: context.poolDeadline / 4) {
        try await $0.confirmDevice(tokens, name: name, isRemembered: isRemembered)
      }
    }
    do {
      return try await once()
    } catch {
      return try await once()
    }
  }
}

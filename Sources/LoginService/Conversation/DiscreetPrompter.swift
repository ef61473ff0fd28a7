import Cognito
import LoginProtocol

/// A person who may be anybody: until the password was right they are asked, but told nothing. What would be said to a
/// name that is known here and not to another would tell which names there are.
final class DiscreetPrompter: Prompter {
  private let terminal: any Prompter
  private(set) var isKnown = false

  init(_ terminal: any Prompter) { self.terminal = terminal }

  func passwordWasRight() { isKnown = true }

  func ask(_ prompt: Prompt) async throws -> Secret { try await terminal.ask(prompt) }
  func tell(_ text: String) async throws { if isKnown { try await terminal.tell(text) } }
  func warn(_ text: String) async throws { if isKnown { try await terminal.warn(text) } }
}

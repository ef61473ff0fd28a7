import Cognito
import LoginProtocol
import LoginService

/// A person who answers what the test says, in order, and leaves when there is nothing left to say.
final class ScriptedPrompter: Prompter {
  private var answers: [String]
  private(set) var prompts: [Prompt] = []
  private(set) var told: [String] = []
  private(set) var warnings: [String] = []

  init(_ answers: String...) { self.answers = answers }
  init(_ answers: [String]) { self.answers = answers }

  func ask(_ prompt: Prompt) async throws -> Secret {
    prompts.append(prompt)
    guard !answers.isEmpty else { throw ConversationEnded(.closed) }
    return Secret(utf8: answers.removeFirst())
  }

  func tell(_ text: String) async throws { told.append(text) }
  func warn(_ text: String) async throws { warnings.append(text) }

  var kinds: [Prompt.Kind] { prompts.map(\.kind) }
}

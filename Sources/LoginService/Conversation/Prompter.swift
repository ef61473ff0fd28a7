import Cognito
import LoginProtocol

/// The person at the other end of a conversation.
package protocol Prompter: AnyObject {
  /// Waits for the answer. Throws `ConversationEnded` when there will be none.
  func ask(_ prompt: Prompt) async throws -> Secret
  /// Something to know.
  func tell(_ text: String) async throws
  /// Something that went wrong.
  func warn(_ text: String) async throws
}

/// The person, or the program between us, has gone.
package struct ConversationEnded: Error, Sendable, Equatable {
  package enum Reason: String, Sendable {
    case cancelled, closed, tooSlow, tooLong, brokenFrame
  }

  package let reason: Reason

  package init(_ reason: Reason) { self.reason = reason }
}

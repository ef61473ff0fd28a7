/// A question that the module puts to the person, word for word.
package struct Prompt: Sendable, Equatable {
  package let kind: Kind
  package let text: String
  /// Whether what is typed may be seen.
  package let echo: Bool

  package init(_ kind: Kind, _ text: String, echo: Bool = false) {
    self.kind = kind
    self.text = text
    self.echo = echo
  }

  package enum Kind: UInt8, Sendable, CaseIterable {
    /// The sign-in password. May be answered at once with what an earlier module or the desktop already asked.
    case password = 1
    /// `passwd`: the password that shall be replaced.
    case currentPassword = 2
    /// A new password. The module has it typed twice, and sends it once.
    case newPassword = 3
    /// A one-time code.
    case code = 4
    /// A pick from a list that stands in `text`.
    case choice = 5
    /// Anything else, as a required attribute.
    case question = 6
  }
}

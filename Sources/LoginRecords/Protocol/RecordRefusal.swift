/// Why the writer doesn't do what it was asked.
package struct RecordRefusal: Error, Sendable, Equatable, CustomStringConvertible {
  package enum Code: String, Sendable, CaseIterable {
    /// The name, or the id, belongs to this machine or to another directory of it.
    case taken
    /// A name that systems use for themselves.
    case reserved
    /// Another id than the one that is bound, one outside the configured range, or one that was given before.
    case id
    /// No id is left in the range.
    case exhausted
    /// A directory of the machine didn't answer: nobody can say that the name is free.
    case silent
    /// Not a request.
    case malformed
    /// The configuration, the file of ids or the folder can't be used.
    case broken
  }

  package let code: Code
  /// For an administrator; one line.
  package let reason: String

  package init(_ code: Code, _ reason: String) {
    self.code = code
    self.reason = reason
  }

  package var description: String { reason }
}

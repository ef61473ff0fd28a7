/// The daemon's "no" to a request, with a sentence for a person.
package struct Refusal: Error, Sendable, Equatable, CustomStringConvertible {
  package let code: Code
  package let text: String

  package init(_ code: Code, _ text: String) {
    self.code = code
    self.text = text
  }

  package var description: String { text }

  package enum Code: UInt8, Sendable, CaseIterable {
    /// This uid may not ask that.
    case notPermitted = 1
    case unknownName = 2
    /// The name belongs to a local account, or is otherwise unfit.
    case unfitName = 3
    case unknownLease = 4
    /// The pool can't be reached.
    case unavailable = 5
    /// A conversation frame among requests, or the other way round.
    case outOfTurn = 6
    case failed = 7
  }
}

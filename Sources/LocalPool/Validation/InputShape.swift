import Cognito

/// The input of an operation as the service's model describes it.
package struct InputShape: Sendable, ExpressibleByArrayLiteral {
  private static let mostTold = 50

  let members: [Member]

  package init(arrayLiteral members: Member...) { self.members = members }
  init(_ members: [Member]) { self.members = members }

  /// Refuses an input that the model forbids, naming all that is wrong with it.
  package func check(_ input: OperationInput) throws(PoolException) {
    var problems: [String] = []
    try Constraint.check(members, of: input.members, at: "", into: &problems)
    guard !problems.isEmpty else { return }
    // Each quotes what was sent: a long list of wrong elements must not make an answer many times its length.
    throw .invalidParameter(
      "\(problems.count) validation error\(problems.count == 1 ? "" : "s") detected: "
        + problems.prefix(Self.mostTold).joined(separator: "; "))
  }
}

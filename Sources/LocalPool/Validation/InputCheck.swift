import Cognito

/// Refuses an input that the service's model forbids, naming all that is wrong with it.
enum InputCheck {
  private static let mostTold = 50

  static func check(_ input: OperationInput, of operation: String) throws(PoolException) {
    guard let shape = ServiceModel.inputs[operation] else { return }
    var problems: [String] = []
    try shape.problems(of: .object(input.members), at: { "" }, isHidden: false, into: &problems)
    guard !problems.isEmpty else { return }
    // Each quotes what was sent: a long list of wrong elements must not make an answer many times its length.
    throw .invalidParameter(
      "\(problems.count) validation error\(problems.count == 1 ? "" : "s") detected: "
        + problems.prefix(mostTold).joined(separator: "; "))
  }

  /// Whether the model has such a member of an operation's input.
  static func knows(_ member: String, of operation: String) -> Bool {
    guard case .structure(let members, _) = ServiceModel.inputs[operation] else { return false }
    return members.contains { $0.name == member }
  }

  /// The names of an operation's members.
  static func members(of operation: String) -> [String] {
    guard case .structure(let members, _) = ServiceModel.inputs[operation] else { return [] }
    return members.map(\.name)
  }
}

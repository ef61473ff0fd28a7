/// A member of a structure, and what it must be.
struct Member: Sendable {
  let name: String
  /// As the service's refusals call it: with a small first letter.
  let shownName: String
  let constraint: Constraint
  let isRequired: Bool

  static func required(_ name: String, _ constraint: Constraint) -> Member {
    Member(name: name, shownName: shown(name), constraint: constraint, isRequired: true)
  }

  static func optional(_ name: String, _ constraint: Constraint) -> Member {
    Member(name: name, shownName: shown(name), constraint: constraint, isRequired: false)
  }

  private static func shown(_ name: String) -> String { name.prefix(1).lowercased() + name.dropFirst() }
}

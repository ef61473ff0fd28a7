import Cognito

/// What the service's model says of a member of an operation's input.
package indirect enum Constraint: Sendable {
  /// A string of so many characters that follow a rule. `isSensitive`: a refusal doesn't quote it.
  case string(ClosedRange<Int>, CharacterRule, isSensitive: Bool)
  case choice([String])
  case integer(ClosedRange<Int>)
  case bool
  case list(Constraint, ClosedRange<Int>)
  case map(keys: Constraint, values: Constraint)
  case object([Member])
  /// An object or list that is kept as it is.
  case anything
}

/// A member of an object, and what it must be.
package struct Member: Sendable {
  let name: String
  let constraint: Constraint
  let isRequired: Bool

  package static func required(_ name: String, _ constraint: Constraint) -> Member {
    Member(name: name, constraint: constraint, isRequired: true)
  }

  package static func optional(_ name: String, _ constraint: Constraint) -> Member {
    Member(name: name, constraint: constraint, isRequired: false)
  }
}

extension Constraint {
  /// Collects what is wrong with a value, each in the service's words.
  /// - Throws: SerializationException when the value is of another JSON type.
  func problems(of value: JSONValue, at path: String, into problems: inout [String]) throws(PoolException) {
    switch self {
    case .string(let length, let rule, let isSensitive):
      guard let text = value.string else { throw .serialization }
      let shown = isSensitive ? "Value" : "Value '\(text.prefix(256))'"
      // The service counts UTF-16 units, as Java does.
      let count = text.utf16.count
      var broken: [String] = []
      if count > length.upperBound {
        broken.append("Member must have length less than or equal to \(length.upperBound)")
      }
      if !rule.matches(text), !(text.isEmpty && length.lowerBound == 0) {
        broken.append("Member must satisfy regular expression pattern: \(rule.pattern)")
      }
      if count < length.lowerBound {
        broken.append("Member must have length greater than or equal to \(length.lowerBound)")
      }
      problems += broken.map { "\(shown) at '\(path)' failed to satisfy constraint: \($0)" }
    case .choice(let words):
      guard let text = value.string else { throw .serialization }
      if !words.contains(text) {
        problems.append(
          "Value '\(text.prefix(256))' at '\(path)' failed to satisfy constraint: "
            + "Member must satisfy enum value set: [\(words.joined(separator: ", "))]")
      }
    case .integer(let range):
      guard let number = value.int else { throw .serialization }
      if number < range.lowerBound {
        problems.append(Self.outOfRange(number, path, "greater than or equal to \(range.lowerBound)"))
      } else if number > range.upperBound {
        problems.append(Self.outOfRange(number, path, "less than or equal to \(range.upperBound)"))
      }
    case .bool:
      guard value.bool != nil else { throw .serialization }
    case .list(let element, let range):
      guard let elements = value.array else { throw .serialization }
      if elements.count > range.upperBound {
        problems.append(Self.broken(path, "Member must have length less than or equal to \(range.upperBound)"))
      } else if elements.count < range.lowerBound {
        problems.append(Self.broken(path, "Member must have length greater than or equal to \(range.lowerBound)"))
      }
      for (index, member) in elements.enumerated() {
        try element.problems(of: member, at: "\(path).\(index + 1).member", into: &problems)
      }
    case .map(let keys, let values):
      guard let members = value.object else { throw .serialization }
      for (key, member) in members.sorted(by: { $0.key < $1.key }) where member != .null {
        try keys.problems(of: .string(key), at: path, into: &problems)
        try values.problems(of: member, at: "\(path).\(key.prefix(64)).member", into: &problems)
      }
    case .object(let members):
      guard let object = value.object else { throw .serialization }
      try Self.check(members, of: object, at: path + ".", into: &problems)
    case .anything:
      break
    }
  }

  static func check(
    _ members: [Member], of object: [String: JSONValue], at prefix: String, into problems: inout [String]
  ) throws(PoolException) {
    for member in members {
      // The service names members in its refusals with a small first letter.
      let path = prefix + member.name.prefix(1).lowercased() + member.name.dropFirst()
      switch object[member.name] {
      case nil, .null: if member.isRequired { problems.append(broken(path, "Member must not be null")) }
      case .some(let value): try member.constraint.problems(of: value, at: path, into: &problems)
      }
    }
  }

  private static func broken(_ path: String, _ what: String) -> String {
    "Value at '\(path)' failed to satisfy constraint: \(what)"
  }

  private static func outOfRange(_ number: Int64, _ path: String, _ what: String) -> String {
    "Value '\(number)' at '\(path)' failed to satisfy constraint: Member must have value \(what)"
  }
}

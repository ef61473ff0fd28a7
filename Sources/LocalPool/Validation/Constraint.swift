import Cognito

/// What the service's model says of a value.
indirect enum Constraint: Sendable {
  /// So many UTF-16 units, as Java counts, that follow a pattern. `isSensitive`: a refusal doesn't quote it.
  case string(ClosedRange<Int>, Pattern?, isSensitive: Bool)
  case choice([String])
  case integer(ClosedRange<Int>)
  case bool
  /// Seconds since 1970.
  case timestamp
  /// Base 64 of so many bytes.
  case blob(ClosedRange<Int>)
  case list(Constraint, ClosedRange<Int>)
  case map(Constraint, Constraint, ClosedRange<Int>, isSensitive: Bool)
  case structure([Member], isSensitive: Bool = false)
  /// Any JSON.
  case anyJSON
}

extension Constraint {
  /// Adds what is wrong with a value, in the service's words.
  /// - Parameter isHidden: whether the value is part of something sensitive.
  /// - Throws: SerializationException when the value is of another JSON type.
  func problems(
    of value: JSONValue, at path: () -> String, isHidden: Bool, into problems: inout [String]
  ) throws(PoolException) {
    switch self {
    case .anyJSON: break
    case .structure(let members, let isSensitive):
      guard let object = value.object else { throw .wrongType(value, .structure) }
      for member in members {
        func place() -> String {
          let outer = path()
          return outer.isEmpty ? member.shownName : "\(outer).\(member.shownName)"
        }
        switch object[member.name] {
        case nil, .null:
          guard member.isRequired else { continue }
          let isSecret = isHidden || isSensitive || member.constraint.isSensitive
          problems.append(
            "Value \(isSecret ? "" : "null ")at '\(place())' failed to satisfy constraint: Member must not be null")
        case .some(let inner):
          try member.constraint.problems(of: inner, at: place, isHidden: isHidden || isSensitive, into: &problems)
        }
      }
    case .list(let element, let count):
      guard let elements = value.array else { throw .wrongType(value, .list) }
      let shown = ShownValue(elements, isHidden: isHidden || element.isSensitive || !element.isScalar)
      shown.add(Self.broken(count, by: elements.count), at: path, to: &problems)
      if element.isScalar {
        var isBroken = false
        for inner in elements where try !element.brokenRules(of: inner).isEmpty { isBroken = true }
        if isBroken { shown.add(["Member must satisfy constraint: [\(element.ruleList)]"], at: path, to: &problems) }
      } else {
        for (index, inner) in elements.enumerated() {
          func place() -> String { "\(path()).\(index + 1).member" }
          try element.problems(of: inner, at: place, isHidden: isHidden, into: &problems)
        }
      }
    case .map(let keys, let values, let count, let isSensitive):
      guard let members = value.object else { throw .wrongType(value, .map) }
      try Self.check(members, keys, values, count, at: path, isHidden: isHidden || isSensitive, into: &problems)
    default:
      let shown = ShownValue(value, isHidden: isHidden || isSensitive)
      shown.add(try brokenRules(of: value), at: path, to: &problems)
    }
  }

  private static func check(
    _ members: [String: JSONValue], _ keys: Constraint, _ values: Constraint, _ count: ClosedRange<Int>,
    at path: () -> String, isHidden: Bool, into problems: inout [String]
  ) throws(PoolException) {
    let shown = ShownValue(members, isHidden: isHidden || values.isSensitive || !values.isScalar)
    shown.add(broken(count, by: members.count), at: path, to: &problems)
    // However many break a rule, the service says so once.
    var brokenKeys = false
    var brokenValues = false
    for (key, value) in members.sorted(by: { $0.key < $1.key }) where value != .null {
      if try !keys.brokenRules(of: .string(key)).isEmpty { brokenKeys = true }
      if values.isScalar {
        if try !values.brokenRules(of: value).isEmpty { brokenValues = true }
      } else {
        func place() -> String { "\(path()).\(key.prefix(64)).member" }
        try values.problems(of: value, at: place, isHidden: isHidden, into: &problems)
      }
    }
    if brokenKeys { shown.add(["Map keys must satisfy constraint: [\(keys.ruleList)]"], at: path, to: &problems) }
    if brokenValues { shown.add(["Map value must satisfy constraint: [\(values.ruleList)]"], at: path, to: &problems) }
  }
}

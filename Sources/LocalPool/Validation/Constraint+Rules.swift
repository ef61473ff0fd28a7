import Cognito

/// What a single value must satisfy, in the service's words.
extension Constraint {
  var isScalar: Bool {
    switch self {
    case .list, .map, .structure, .anyJSON: false
    default: true
    }
  }

  var isSensitive: Bool {
    switch self {
    case .string(_, _, let isSensitive), .map(_, _, _, let isSensitive), .structure(_, let isSensitive): isSensitive
    default: false
    }
  }

  /// The rules that a single value breaks.
  /// - Throws: SerializationException when the value is of another JSON type.
  func brokenRules(of value: JSONValue) throws(PoolException) -> [String] {
    switch self {
    case .string(let length, let pattern, _):
      guard let text = value.string else { throw .wrongType(value, .string) }
      let count = text.utf16.count
      var broken: [String] = []
      if count > length.upperBound { broken.append(Self.longest(length)) }
      if let pattern, !pattern.matches(text) { broken.append(Self.rule(pattern)) }
      if count < length.lowerBound { broken.append(Self.shortest(length)) }
      return broken
    case .choice(let words):
      guard let text = value.string else { throw .wrongType(value, .string) }
      return words.contains(text) ? [] : [Self.rule(words)]
    case .integer(let range):
      switch value {
      case .largeInt(let digits): return digits.hasPrefix("-") ? [Self.least(range)] : [Self.most(range)]
      default:
        guard let number = value.int else { throw .wrongType(value, .integer) }
        return number < range.lowerBound ? [Self.least(range)] : number > range.upperBound ? [Self.most(range)] : []
      }
    case .bool:
      guard value.bool != nil else { throw .wrongType(value, .bool) }
      return []
    case .timestamp:
      guard value.double != nil else { throw .wrongType(value, .timestamp) }
      return []
    case .blob(let length):
      guard let bytes = value.string.flatMap(Base64.decode) else { throw .wrongType(value, .string) }
      return Self.broken(length, by: bytes.count)
    case .list, .map, .structure, .anyJSON: return []
    }
  }

  /// All the rules, as the service lists them where an element breaks one.
  var ruleList: String {
    var rules: [String] = []
    switch self {
    case .string(let length, let pattern, _):
      if length.upperBound < .max { rules.append(Self.longest(length)) }
      if length.upperBound < .max || length.lowerBound > 0 { rules.append(Self.shortest(length)) }
      if let pattern { rules.append(Self.rule(pattern)) }
    case .choice(let words): rules.append(Self.rule(words))
    case .integer(let range): rules += [Self.most(range), Self.least(range)]
    default: break
    }
    return rules.joined(separator: ", ")
  }

  static func broken(_ length: ClosedRange<Int>, by count: Int) -> [String] {
    count > length.upperBound ? [longest(length)] : count < length.lowerBound ? [shortest(length)] : []
  }

  private static func longest(_ length: ClosedRange<Int>) -> String {
    "Member must have length less than or equal to \(length.upperBound)"
  }

  private static func shortest(_ length: ClosedRange<Int>) -> String {
    "Member must have length greater than or equal to \(length.lowerBound)"
  }

  private static func most(_ range: ClosedRange<Int>) -> String {
    "Member must have value less than or equal to \(range.upperBound)"
  }

  private static func least(_ range: ClosedRange<Int>) -> String {
    "Member must have value greater than or equal to \(range.lowerBound)"
  }

  private static func rule(_ pattern: Pattern) -> String {
    "Member must satisfy regular expression pattern: \(pattern.text)"
  }

  private static func rule(_ words: [String]) -> String {
    "Member must satisfy enum value set: [\(words.joined(separator: ", "))]"
  }
}

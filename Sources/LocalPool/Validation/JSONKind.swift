import Cognito

/// What a member was to be, where something of another JSON type came.
enum JSONKind {
  case string, integer, bool, timestamp, list, map, structure
}

extension PoolException {
  /// In the words of AWS's framework, as they were seen from Cognito and from other services.
  static func wrongType(_ value: JSONValue, _ wanted: JSONKind) -> Self {
    Self("SerializationException", message(value, wanted))
  }

  private static func message(_ value: JSONValue, _ wanted: JSONKind) -> String {
    switch (wanted, value) {
    case (.list, .object), (.string, .object), (.integer, .object), (.bool, .object), (.timestamp, .object):
      return "Start of structure or map found where not expected."
    case (_, .array): return "Start of list found where not expected"
    case (.list, _): return "Expected list or null"
    case (.map, _): return "Expected map or null"
    case (.structure, _): return "Expected null"
    case (_, .string): return "STRING_VALUE can not be converted to \(name(wanted))"
    case (_, .bool(let flag)): return "\(flag ? "TRUE" : "FALSE")_VALUE can not be converted to \(name(wanted))"
    case (_, .null): return ""
    default: return "NUMBER_VALUE can not be converted to \(name(wanted))"
    }
  }

  private static func name(_ wanted: JSONKind) -> String {
    switch wanted {
    case .integer: "an Integer"
    case .bool: "a Boolean"
    case .timestamp: "a Double"
    case .string, .list, .map, .structure: "a String"
    }
  }
}

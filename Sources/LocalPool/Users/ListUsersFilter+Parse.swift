extension ListUsersFilter {
  /// Reads `name = "value"` or `name ^= "value"`; quotes inside the value are written `\"`. Nil for an empty filter.
  /// - Throws: InvalidParameterException.
  static func parse(_ text: String) throws(PoolException) -> ListUsersFilter? {
    var rest = Substring(text).drop { $0 == " " }
    if rest.isEmpty { return nil }
    let isQuoted = rest.first == "\""
    if isQuoted { rest = rest.dropFirst() }
    let name = rest.prefix { isQuoted ? $0 != "\"" : !" =^".contains($0) }
    rest = rest.dropFirst(name.count)
    if isQuoted { rest = rest.dropFirst() }
    rest = rest.drop { $0 == " " }
    let isPrefix = rest.hasPrefix("^=")
    guard isPrefix || rest.hasPrefix("=") else { throw invalid }
    rest = rest.dropFirst(isPrefix ? 2 : 1).drop { $0 == " " }
    return ListUsersFilter(field: try field(String(name)), value: try value(rest), isPrefix: isPrefix)
  }

  private static func value(_ text: Substring) throws(PoolException) -> String {
    guard text.first == "\"" else { throw invalid }
    var value = ""
    var rest = text.dropFirst()
    while let character = rest.popFirst() {
      switch character {
      case "\"":
        guard rest.allSatisfy({ $0 == " " }) else { throw invalid }
        return value
      case "\\":
        guard let escaped = rest.popFirst() else { throw invalid }
        value.append(escaped)
      default: value.append(character)
      }
    }
    throw invalid
  }

  private static func field(_ name: String) throws(PoolException) -> Field {
    switch name {
    case "username", "cognito:username": return .username
    case "sub": return .sub
    case "cognito:user_status": return .status
    case "status": return .enabled
    case let name where attributes.contains(name): return .attribute(name)
    default: throw .invalidParameter("Invalid search attribute: \(name)")
    }
  }

  private static let invalid = PoolException.invalidParameter("Error while parsing filter")
}

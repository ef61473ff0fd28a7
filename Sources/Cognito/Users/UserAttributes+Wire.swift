extension UserAttributes {
  /// AWS limits: 2048 characters a value, 32 a name; no attribute name has control characters or blanks.
  private static let longestValue = 2048
  private static let longestName = 128

  /// Reads `[{"Name": …, "Value": …}]`. An attribute without a value counts as empty; absent is none.
  package init(wire: JSONValue?) throws(CognitoError) {
    guard let wire, wire != .null else {
      self.init()
      return
    }
    guard let list = wire.array else { throw Self.malformed }
    var values: [UserAttribute: String] = [:]
    for element in list {
      guard let name = element["Name"]?.string else { throw Self.malformed }
      switch element["Value"] {
      case .string(let value): values[UserAttribute(rawValue: name)] = value
      case nil, .null: values[UserAttribute(rawValue: name)] = ""
      default: throw Self.malformed
      }
    }
    self.init(values)
  }

  /// `[{"Name": …, "Value": …}]` in the order of the names.
  ///
  /// - Throws: ``CognitoError/Code/invalidInput`` for what no pool accepts.
  package func wire() throws(CognitoError) -> JSONValue {
    var list: [JSONValue] = []
    for (name, value) in self {
      try Self.check(name)
      guard value.unicodeScalars.count <= Self.longestValue else {
        throw CognitoError(
          .invalidInput, "The attribute \(name) is longer than \(Self.longestValue) characters.")
      }
      list.append(["Name": .string(name.rawValue), "Value": .string(value)])
    }
    return .array(list)
  }

  package static func wire(names: [UserAttribute]) throws(CognitoError) -> JSONValue {
    for name in names { try check(name) }
    return .array(names.map { .string($0.rawValue) })
  }

  package static func check(_ name: UserAttribute) throws(CognitoError) {
    let scalars = name.rawValue.unicodeScalars
    guard (1...longestName).contains(scalars.count),
      scalars.allSatisfy({ $0.value > 0x20 && !(0x7f...0x9f).contains($0.value) })
    else {
      throw CognitoError(
        .invalidInput, "An attribute's name has 1 to \(longestName) characters, and no blank or control character.")
    }
  }

  private static var malformed: CognitoError {
    CognitoError(.malformedResponse, "The service's list of user attributes is not a list of names and values.")
  }
}

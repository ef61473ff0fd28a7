import Cognito

/// The JSON object in a request's body, with getters that refuse the wrong type the way the service does.
package struct OperationInput: Sendable {
  package let members: [String: JSONValue]

  package init(_ members: [String: JSONValue] = [:]) {
    self.members = members
  }

  /// The member, or nil when it is missing or null.
  package subscript(_ name: String) -> JSONValue? {
    switch members[name] {
    case nil, .null: nil
    case .some(let value): value
    }
  }

  package func optionalString(_ name: String) throws(PoolException) -> String? {
    guard let value = self[name] else { return nil }
    guard case .string(let text) = value else { throw .serialization }
    return text
  }

  /// A string that must be there and not be empty.
  package func string(_ name: String) throws(PoolException) -> String {
    guard let text = try optionalString(name) else { throw Self.missing(name) }
    guard !text.isEmpty else {
      throw .invalidParameter(
        "1 validation error detected: Value at '\(Self.path(name))' failed to satisfy constraint: "
          + "Member must have length greater than or equal to 1")
    }
    return text
  }

  package func optionalInt(_ name: String) throws(PoolException) -> Int? {
    guard let value = self[name] else { return nil }
    switch value {
    case .int(let number):
      return Int(number)
    case .double(let number) where number.rounded() == number && abs(number) < 1e15:
      return Int(number)
    default:
      throw .serialization
    }
  }

  package func optionalBool(_ name: String) throws(PoolException) -> Bool? {
    guard let value = self[name] else { return nil }
    guard case .bool(let flag) = value else { throw .serialization }
    return flag
  }

  package func bool(_ name: String, default standard: Bool = false) throws(PoolException) -> Bool {
    try optionalBool(name) ?? standard
  }

  package func optionalObject(_ name: String) throws(PoolException) -> OperationInput? {
    guard let value = self[name] else { return nil }
    guard case .object(let members) = value else { throw .serialization }
    return OperationInput(members)
  }

  /// An object member; empty when it is missing.
  package func object(_ name: String) throws(PoolException) -> OperationInput {
    try optionalObject(name) ?? OperationInput()
  }

  package func optionalArray(_ name: String) throws(PoolException) -> [JSONValue]? {
    guard let value = self[name] else { return nil }
    guard case .array(let elements) = value else { throw .serialization }
    return elements
  }

  package func optionalStrings(_ name: String) throws(PoolException) -> [String]? {
    guard let elements = try optionalArray(name) else { return nil }
    var strings: [String] = []
    for element in elements {
      guard case .string(let text) = element else { throw .serialization }
      strings.append(text)
    }
    return strings
  }

  /// A list of objects, e.g. `UserAttributes`; empty when it is missing.
  package func objects(_ name: String) throws(PoolException) -> [OperationInput] {
    var objects: [OperationInput] = []
    for element in try optionalArray(name) ?? [] {
      guard case .object(let members) = element else { throw .serialization }
      objects.append(OperationInput(members))
    }
    return objects
  }

  /// A map of strings, e.g. `AuthParameters` or `ClientMetadata`; empty when it is missing.
  package func stringMap(_ name: String) throws(PoolException) -> [String: String] {
    guard let value = self[name] else { return [:] }
    guard case .object(let members) = value else { throw .serialization }
    var map: [String: String] = [:]
    for (key, member) in members {
      switch member {
      case .string(let text): map[key] = text
      case .null: continue
      default: throw .serialization
      }
    }
    return map
  }

  package static func missing(_ name: String) -> PoolException {
    .invalidParameter(
      "1 validation error detected: Value null at '\(path(name))' failed to satisfy constraint: Member must not be null"
    )
  }

  /// The service names members in its validation texts with a small first letter.
  private static func path(_ name: String) -> String {
    name.prefix(1).lowercased() + name.dropFirst()
  }
}

extension PoolException {
  /// A body that isn't JSON of the right shape. The real service sends a message with it only where a
  /// member has the wrong type.
  package static let serialization = Self("SerializationException", "")
  /// A body over the limit. The service's own answer isn't known.
  package static let tooLarge = Self("RequestEntityTooLargeException", "The request is too large.")
}

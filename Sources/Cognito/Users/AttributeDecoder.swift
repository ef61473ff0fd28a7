/// Decodes a type of the caller's from user attributes, whose values are all texts: a `Bool`, a number or a `JSONValue`
/// is read from its text because the type says so, never because a text looks like one.
struct AttributeDecoder: Decoder {
  let attributes: [String: String]
  let codingPath: [any CodingKey] = []
  let userInfo: [CodingUserInfoKey: Any] = [:]

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(AttributeContainer(decoder: self))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw flat() }

  func singleValueContainer() throws -> any SingleValueDecodingContainer { throw flat() }

  private func flat() -> DecodingError {
    .typeMismatch(
      UserAttributes.self, .init(codingPath: [], debugDescription: "user attributes are names with values"))
  }
}

/// The names with their values.
private struct AttributeContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let decoder: AttributeDecoder
  let codingPath: [any CodingKey] = []

  var allKeys: [Key] { decoder.attributes.keys.compactMap { Key(stringValue: $0) } }

  func contains(_ key: Key) -> Bool { decoder.attributes[key.stringValue] != nil }

  func decodeNil(forKey key: Key) -> Bool { !contains(key) }

  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    guard let text = decoder.attributes[key.stringValue] else {
      throw DecodingError.keyNotFound(
        key, .init(codingPath: [key], debugDescription: "the user has no attribute \(key.stringValue)"))
    }
    return try Value(from: AttributeValue(text: text, codingPath: [key]))
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> { throw nested(key) }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { throw nested(key) }

  func superDecoder() throws -> any Decoder { decoder }

  func superDecoder(forKey key: Key) throws -> any Decoder { throw nested(key) }

  private func nested(_ key: Key) -> DecodingError {
    .typeMismatch(String.self, .init(codingPath: [key], debugDescription: "an attribute's value is a text"))
  }
}

/// One value.
private struct AttributeValue: Decoder, SingleValueDecodingContainer {
  let text: String
  let codingPath: [any CodingKey]
  let userInfo: [CodingUserInfoKey: Any] = [:]

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    throw mismatch(type)
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw mismatch([String].self) }

  func singleValueContainer() -> any SingleValueDecodingContainer { self }

  func decodeNil() -> Bool { false }
  func decode(_ type: String.Type) -> String { text }
  func decode(_ type: Bool.Type) throws -> Bool {
    switch text {
    case "true": true
    case "false": false
    default: throw mismatch(type)
    }
  }
  func decode(_ type: Double.Type) throws -> Double { try number(type) }
  func decode(_ type: Float.Type) throws -> Float { try number(type) }
  func decode(_ type: Int.Type) throws -> Int { try number(type) }
  func decode(_ type: Int8.Type) throws -> Int8 { try number(type) }
  func decode(_ type: Int16.Type) throws -> Int16 { try number(type) }
  func decode(_ type: Int32.Type) throws -> Int32 { try number(type) }
  func decode(_ type: Int64.Type) throws -> Int64 { try number(type) }
  func decode(_ type: UInt.Type) throws -> UInt { try number(type) }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try number(type) }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try number(type) }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try number(type) }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try number(type) }
  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try Value(from: self) }

  private func number<Value: LosslessStringConvertible>(_ type: Value.Type) throws -> Value {
    guard let value = Value(text) else { throw mismatch(type) }
    return value
  }

  private func mismatch(_ type: Any.Type) -> DecodingError {
    .typeMismatch(type, .init(codingPath: codingPath, debugDescription: "the attribute's text is no \(type)"))
  }
}

extension UserAttributes {
  /// The attributes as a type of the caller's. Its coding keys are the attributes' names, and so do all renaming:
  ///
  /// ```swift
  /// struct Employee: Decodable {
  ///   let email: String
  ///   let level: Int
  ///   enum CodingKeys: String, CodingKey { case email; case level = "custom:level" }
  /// }
  /// ```
  ///
  /// - Throws: `DecodingError`.
  public func decoded<Value: Decodable>(as type: Value.Type) throws -> Value {
    let pairs = values.map { ($0.key.rawValue, $0.value) }
    return try Value(from: AttributeDecoder(attributes: Dictionary(pairs) { _, last in last }))
  }
}

/// Any JSON value (RFC 8259).
public enum JSONValue: Sendable, Hashable {
  /// Nothing.
  case null
  /// True or false.
  case bool(Bool)
  /// A whole number of 64 bits.
  case int(Int64)
  /// A whole number that doesn't fit in 64 bits, by its decimal digits: a claim such as a serial number is shown as it
  /// came. ``double`` is near it.
  case largeInt(String)
  /// Any other number.
  case double(Double)
  /// A text.
  case string(String)
  /// A list.
  case array([JSONValue])
  /// Members by name; their order is not kept.
  case object([String: JSONValue])
}

extension JSONValue {
  /// Reads one JSON text, strictly: valid UTF-8, no member twice, nothing after the value.
  ///
  /// - Parameters:
  ///   - bytes: the text as UTF-8.
  ///   - maximumDepth: how deep arrays and objects may nest.
  ///   - maximumBytes: longest text accepted.
  /// - Throws: ``CognitoError/Code/malformedResponse``.
  public static func parse(
    _ bytes: [UInt8], maximumDepth: Int = 64, maximumBytes: Int = 4 << 20
  ) throws(CognitoError) -> JSONValue {
    guard bytes.count <= maximumBytes else {
      throw CognitoError(.malformedResponse, "The JSON text is longer than \(maximumBytes) bytes.")
    }
    var parser = JSONParser(bytes: bytes, maximumDepth: maximumDepth)
    return try parser.parseDocument()
  }

  /// The shortest JSON text, members in the order of their names, so that the same value gives the same bytes.
  public func serialized() -> [UInt8] {
    var writer = JSONWriter()
    writer.write(self)
    return writer.bytes
  }

  /// The member of an object; `nil` for any other value.
  public subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members[name]
  }

  /// The element of an array; `nil` out of its bounds and for any other value.
  public subscript(index: Int) -> JSONValue? {
    guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
    return elements[index]
  }

  /// The text, if this is a string.
  public var string: String? {
    guard case .string(let value) = self else { return nil }
    return value
  }

  /// The whole number, also when it is written as `3.0`.
  public var int: Int64? {
    switch self {
    case .int(let value): value
    case .double(let value): Int64(exactly: value)
    default: nil
    }
  }

  /// The number.
  public var double: Double? {
    switch self {
    case .int(let value): Double(value)
    case .largeInt(let digits): Double(digits)
    case .double(let value): value
    default: nil
    }
  }

  /// The truth value.
  public var bool: Bool? {
    guard case .bool(let value) = self else { return nil }
    return value
  }

  /// The elements, if this is an array.
  public var array: [JSONValue]? {
    guard case .array(let value) = self else { return nil }
    return value
  }

  /// The members, if this is an object.
  public var object: [String: JSONValue]? {
    guard case .object(let value) = self else { return nil }
    return value
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByNilLiteral, ExpressibleByFloatLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  /// A text.
  public init(stringLiteral value: String) { self = .string(value) }
  /// A whole number.
  public init(integerLiteral value: Int64) { self = .int(value) }
  /// True or false.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// ``null``.
  public init(nilLiteral: ()) { self = .null }
  /// A number.
  public init(floatLiteral value: Double) { self = .double(value) }
  /// A list.
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  /// The last of several members with one name wins.
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(Dictionary(elements) { _, last in last })
  }
}

/// The attributes of a user: names and texts, as Cognito keeps them.
///
/// Nothing is guessed from a value: a nickname "true" stays that text. What a value means is said by whoever asks,
/// with ``bool(_:)``, ``integer(_:)``, or by decoding a type of one's own (``decoded(as:)``).
public struct UserAttributes: Sendable, Hashable {
  /// All values by name.
  public private(set) var values: [UserAttribute: String]

  /// - Parameter values: all values by name.
  public init(_ values: [UserAttribute: String] = [:]) {
    self.values = values
  }

  /// The value of an attribute; `nil` when the user has none. Setting `nil` takes it out.
  public subscript(name: UserAttribute) -> String? {
    get { values[name] }
    set { values[name] = newValue }
  }

  /// The names that have values, in alphabetical order.
  public var names: [UserAttribute] { values.keys.sorted { $0.rawValue < $1.rawValue } }

  /// Whether there are none.
  public var isEmpty: Bool { values.isEmpty }

  /// An attribute that is "true" or "false" (Cognito has no other spelling); `nil` for anything else.
  public func bool(_ name: UserAttribute) -> Bool? {
    switch values[name] {
    case "true": true
    case "false": false
    default: nil
    }
  }

  /// An attribute of the type Number; `nil` when its text is no whole number.
  public func integer(_ name: UserAttribute) -> Int64? {
    values[name].flatMap { Int64($0) }
  }

  /// Sets an attribute to "true" or "false".
  public mutating func set(_ name: UserAttribute, to value: Bool) { values[name] = value ? "true" : "false" }

  /// Sets an attribute of the type Number.
  public mutating func set(_ name: UserAttribute, to value: Int64) { values[name] = String(value) }

  /// How two sets of attributes differ.
  public struct Changes: Sendable, Hashable {
    /// Values to set.
    public let updated: UserAttributes
    /// Names to delete.
    public let deleted: [UserAttribute]
  }

  /// What to send so that a user who has `old` has these: only what is new or different, and never an attribute that
  /// the service alone writes (`sub`, `identities`).
  ///
  /// - Parameter old: what the user has.
  public func changes(from old: UserAttributes) -> Changes {
    let readOnly: Set<UserAttribute> = [.sub, .identities]
    let updated = values.filter { !readOnly.contains($0.key) && old.values[$0.key] != $0.value }
    let deleted = old.names.filter { !readOnly.contains($0) && values[$0] == nil }
    return Changes(updated: UserAttributes(updated), deleted: deleted)
  }
}

extension UserAttributes {
  /// The user's id in the pool.
  public var sub: String? { values[.sub] }

  /// E-mail address.
  public var email: String? {
    get { values[.email] }
    set { values[.email] = newValue }
  }

  /// Whether the user has shown that the e-mail address is theirs.
  public var isEmailVerified: Bool { bool(.emailVerified) ?? false }

  /// Telephone number in E.164 form.
  public var phoneNumber: String? {
    get { values[.phoneNumber] }
    set { values[.phoneNumber] = newValue }
  }

  /// Whether the user has shown that the telephone number is theirs.
  public var isPhoneNumberVerified: Bool { bool(.phoneNumberVerified) ?? false }

  /// Full name.
  public var name: String? {
    get { values[.name] }
    set { values[.name] = newValue }
  }
}

extension UserAttributes: ExpressibleByDictionaryLiteral {
  /// Attributes written out; the last of several with one name wins.
  public init(dictionaryLiteral elements: (UserAttribute, String)...) {
    values = Dictionary(elements) { _, last in last }
  }
}

extension UserAttributes: Sequence {
  /// Names and values, in alphabetical order of the names.
  public func makeIterator() -> IndexingIterator<[(name: UserAttribute, value: String)]> {
    values.map { (name: $0.key, value: $0.value) }.sorted { $0.name.rawValue < $1.name.rawValue }.makeIterator()
  }
}

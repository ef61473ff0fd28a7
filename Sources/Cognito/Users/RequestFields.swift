extension JSONValue {
  /// An object of those members that have a value: what isn't given isn't sent, and the service's default holds.
  package static func fields(_ members: [String: JSONValue?]) -> JSONValue {
    .object(members.compactMapValues { $0 })
  }

  /// A map of texts, such as ClientMetadata; `nil` for an empty one.
  package static func texts(_ map: [String: String]) -> JSONValue? {
    map.isEmpty ? nil : .object(map.mapValues { .string($0) })
  }

  /// A list of texts.
  package static func texts(_ list: [String]) -> JSONValue { .array(list.map { .string($0) }) }

  /// A password, as the text that the service wants.
  ///
  /// - Throws: ``CognitoError/Code/invalidInput`` when it is no text, or empty.
  package static func password(_ password: Secret) throws(CognitoError) -> JSONValue {
    guard !password.isEmpty, let text = password.revealed() else {
      throw CognitoError(.invalidInput, "A password is a text of at least one character.")
    }
    return .string(text)
  }

  /// A user name: 1 to 128 characters (AWS: UsernameType), none of them a blank or a control character.
  ///
  /// - Throws: ``CognitoError/Code/invalidInput``.
  package static func username(_ name: String) throws(CognitoError) -> JSONValue {
    try named(name, "user name")
  }

  /// The name of a group, an identity provider or the like, under the same rule.
  package static func named(_ name: String, _ what: String) throws(CognitoError) -> JSONValue {
    let scalars = name.unicodeScalars
    guard (1...128).contains(scalars.count),
      scalars.allSatisfy({ !$0.properties.isWhitespace && $0.properties.generalCategory != .control })
    else {
      throw CognitoError(.invalidInput, "A \(what) has 1 to 128 characters, and no blank or control character.")
    }
    return .string(name)
  }
}

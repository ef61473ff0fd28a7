import FoundationEssentials

/// A settings object in AWS's own shape (`{"PoolName":…}`), kept as the client gave it, and the typed view of it.
///
/// The document is what `Describe…` answers; the typed view is what our code decides by. One is always decoded from the
/// other, so they can't disagree.
package struct AWSDocument<Settings: Decodable & Sendable>: Sendable {
  package let json: [UInt8]
  package let settings: Settings

  /// A document that somebody sent.
  /// - Throws: SerializationException when a known key has a value of the wrong type that no shape has caught.
  package init(given json: [UInt8]) throws {
    do {
      try self.init(json: json)
    } catch is DecodingError {
      throw PoolException.serialization
    }
  }

  /// - Throws: `DecodingError` when a known key has a value of the wrong type.
  package init(json: [UInt8]) throws {
    self.json = json
    let decoder = JSONDecoder()
    // AWS capitalises its keys; dictionary keys (tags) are left alone by the decoder.
    decoder.keyDecodingStrategy = .custom { path in AWSKey(path.last?.stringValue ?? "") }
    settings = try decoder.decode(Settings.self, from: Data(json))
  }
}

/// `MfaConfiguration` → `mfaConfiguration`: AWS's key in our spelling.
private struct AWSKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }

  init(_ name: String) {
    // CallbackURLs → callbackURLs, RelyingPartyId → relyingPartyID; ARN-like all-capital keys don't occur in the shapes
    // that we decode.
    let spelled = name.hasSuffix("Id") ? name.dropLast(2) + "ID" : name[...]
    stringValue = spelled.prefix(1).lowercased() + spelled.dropFirst()
  }
  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}

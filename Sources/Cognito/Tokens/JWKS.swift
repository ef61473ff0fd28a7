/// The public signing keys of a user pool: `{issuer}/.well-known/jwks.json` (RFC 7517).
public struct JWKS: Sendable {
  /// Most keys that a set may have. Cognito publishes two.
  static let maximumKeys = 64

  private let keys: [String: JWK]

  /// Reads a key set.
  ///
  /// - Parameter json: the JSON text as UTF-8.
  /// - Throws: ``CognitoError/Code/malformedResponse`` when it is not a key set, has two keys of one name, or no key
  ///   for RS256.
  public init(json: [UInt8]) throws(CognitoError) {
    try self.init(JSONValue.parse(json, maximumDepth: 16, maximumBytes: 1 << 20))
  }

  /// Reads a key set that is parsed already.
  ///
  /// - Parameter json: `{"keys": […]}`.
  /// - Throws: ``CognitoError/Code/malformedResponse``, as ``init(json:)`` does.
  public init(_ json: JSONValue) throws(CognitoError) {
    guard let list = json["keys"]?.array, list.count <= Self.maximumKeys else {
      throw CognitoError(.malformedResponse, "The key set has no list of keys, or too many.")
    }
    var keys: [String: JWK] = [:]
    for key in list.compactMap(JWK.init) {
      guard keys.updateValue(key, forKey: key.kid) == nil else {
        throw CognitoError(.malformedResponse, "The key set has two keys with one kid.")
      }
    }
    guard !keys.isEmpty else { throw CognitoError(.malformedResponse, "The key set has no key for RS256.") }
    self.keys = keys
  }

  /// The key of that name.
  public subscript(kid: String) -> JWK? { keys[kid] }

  /// The number of usable keys.
  public var count: Int { keys.count }
}

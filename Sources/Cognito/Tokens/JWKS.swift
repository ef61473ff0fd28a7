/// The public signing keys of a user pool: `{issuer}/.well-known/jwks.json` (RFC 7517).
public struct JWKS: Sendable {
  private let keys: [String: JWK]

  /// Reads a key set.
  ///
  /// Of two keys with one name the first counts, as in AWS's own verifier: a set is published by the issuer, and its
  /// other keys are no worse for it.
  ///
  /// - Parameter json: the JSON text as UTF-8.
  /// - Throws: ``CognitoError/Code/malformedResponse`` when it is not a key set, is longer than a MiB, or has no key for
  ///   RS256.
  public init(json: [UInt8]) throws(CognitoError) {
    try self.init(JSONValue.parse(json, maximumDepth: 16, maximumBytes: 1 << 20))
  }

  /// Reads a key set that is parsed already.
  ///
  /// - Parameter json: `{"keys": […]}`.
  /// - Throws: ``CognitoError/Code/malformedResponse``, as ``init(json:)`` does.
  public init(_ json: JSONValue) throws(CognitoError) {
    guard let list = json["keys"]?.array else {
      throw CognitoError(.malformedResponse, "The key set has no list of keys.")
    }
    let keys = Dictionary(list.compactMap(JWK.init).map { ($0.kid, $0) }) { first, _ in first }
    guard !keys.isEmpty else { throw CognitoError(.malformedResponse, "The key set has no key for RS256.") }
    self.keys = keys
  }

  /// The key of that name.
  public subscript(kid: String) -> JWK? { keys[kid] }

  /// The number of usable keys.
  public var count: Int { keys.count }
}

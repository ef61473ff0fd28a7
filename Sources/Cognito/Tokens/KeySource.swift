/// Where a verifier finds the signing keys of an issuer.
public protocol KeySource: Sendable {
  /// The key of that name; `nil` when the issuer doesn't publish it.
  ///
  /// - Throws: ``CognitoError`` when the keys can't be fetched.
  nonisolated(nonsending) func key(kid: String) async throws(CognitoError) -> JWK?
}

extension JWKS: KeySource {
  /// A given key set, which never changes: verification with no network.
  public func key(kid: String) -> JWK? { self[kid] }
}

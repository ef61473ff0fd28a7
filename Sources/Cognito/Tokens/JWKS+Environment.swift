import Glibc

extension JWKS {
  /// The key set in the environment variable `COGNITO_JWKS`, which stands in for the published one where a program may
  /// not fetch it. The name is pycognito's.
  ///
  /// - Returns: `nil` when the variable is not set or empty.
  /// - Throws: ``CognitoError/Code/invalidConfiguration`` when it is set to something else than a key set: silently
  ///   going to the network is not what was asked for.
  public static func fromEnvironment() throws(CognitoError) -> JWKS? {
    guard let value = getenv("COGNITO_JWKS"), value.pointee != 0 else { return nil }
    do {
      return try JWKS(json: Array(String(cString: value).utf8))
    } catch {
      throw CognitoError(.invalidConfiguration, "COGNITO_JWKS is not a key set. \(error.message)")
    }
  }
}

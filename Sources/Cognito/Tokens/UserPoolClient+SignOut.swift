extension UserPoolClient {
  /// Ends every session of the user, on all devices (GlobalSignOut). Servers that check tokens offline go on accepting
  /// issued ones until they expire.
  ///
  /// - Parameter accessToken: of any of the sessions.
  /// - Throws: ``CognitoError``.
  public func globalSignOut(accessToken: String) async throws(CognitoError) {
    _ = try await service.call("GlobalSignOut", ["AccessToken": .string(accessToken)])
  }

  /// Ends the session of one refresh token (RevokeToken), with the access tokens that came from it.
  ///
  /// - Parameters:
  ///   - refreshToken: of the session.
  ///   - associated: whether the browser's session that it came from ends too, where the pool tracks sessions.
  /// - Throws: ``CognitoError/Code/unsupportedOperation`` when the client has token revocation off,
  ///   ``CognitoError/Code/unsupportedTokenType`` for another kind of token.
  public func revoke(refreshToken: Secret, associated: AssociatedSessions = .none) async throws(CognitoError) {
    var body: [String: JSONValue] = ["ClientId": .string(clientID), "Token": .string(try text(refreshToken))]
    body["ClientSecret"] = try clientSecret.map { secret throws(CognitoError) in .string(try text(secret)) }
    body["RevokeAssociatedSessions"] = associated.wire
    _ = try await service.call("RevokeToken", .object(body))
  }
}

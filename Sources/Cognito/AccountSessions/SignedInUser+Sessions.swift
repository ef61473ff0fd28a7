extension SignedInUser {
  /// The user's sessions in all apps of the pool (ListUserSessions), fetched page by page. A new one may be missing for
  /// some seconds.
  ///
  /// The service throws ``CognitoError/Code/operationNotEnabled`` where the pool doesn't track sessions.
  public var sessions: PagedSequence<AccountSession> {
    pages("ListUserSessions", list: "Sessions") { wire in try AccountSession(wire) }
  }

  /// Ends another session of the user, with its refresh token and access tokens (RevokeUserSession). Servers that check
  /// tokens offline go on accepting issued ones until they expire.
  ///
  /// The present session ends with ``UserPoolClient/revoke(refreshToken:associated:)``: the service refuses it here.
  ///
  /// - Parameters:
  ///   - id: ``AccountSession/id``.
  ///   - associated: what becomes of the sessions that hang together with it.
  /// - Throws: ``CognitoError``, such as ``CognitoError/Code/resourceNotFound`` or
  ///   ``CognitoError/Code/operationNotEnabled`` where the pool doesn't track sessions.
  public func revokeSession(_ id: String, associated: AssociatedSessions = .none) async throws(CognitoError) {
    try await call(
      "RevokeUserSession", ["SessionId": .sessionID(id), "RevokeAssociatedSessions": associated.wire])
  }
}

extension UserPoolAdministrator {
  /// A user's sessions in all apps of the pool (AdminListUserSessions), fetched page by page.
  ///
  /// - Parameter username: the user's, or an alias. It is checked when the first page is fetched.
  public func sessions(of username: String) -> PagedSequence<AccountSession> {
    pages("AdminListUserSessions", ["Username": .string(username)], list: "Sessions") { wire in
      try AccountSession(wire)
    }
  }

  /// Ends one session of a user, with its refresh token and access tokens (AdminRevokeUserSession).
  ///
  /// - Parameters:
  ///   - id: ``AccountSession/id``.
  ///   - username: whose session it is.
  ///   - associated: what becomes of the sessions that hang together with it.
  /// - Throws: ``CognitoError``, such as ``CognitoError/Code/resourceNotFound``.
  public func revokeSession(
    _ id: String, of username: String, associated: AssociatedSessions = .none
  ) async throws(CognitoError) {
    try await call(
      "AdminRevokeUserSession", user: username,
      ["SessionId": .sessionID(id), "RevokeAssociatedSessions": associated.wire])
  }

  /// Whether the pool tracks sessions, and how many (GetUserPoolSessionConfiguration).
  ///
  /// - Throws: ``CognitoError``.
  public func sessionTracking() async throws(CognitoError) -> SessionTracking {
    try SessionTracking(await call("GetUserPoolSessionConfiguration", [:]))
  }

  /// Sets whether the pool tracks sessions, and how many (SetUserPoolSessionConfiguration).
  ///
  /// - Throws: ``CognitoError``, such as ``CognitoError/Code/featureUnavailableInTier`` below the Essentials plan.
  public func setSessionTracking(_ tracking: SessionTracking) async throws(CognitoError) {
    guard SessionTracking.allowedMaximum.contains(tracking.maximumPerUser) else {
      throw CognitoError(.invalidInput, "A user can have 1 to 100 sessions.")
    }
    try await call(
      "SetUserPoolSessionConfiguration",
      [
        "UserSessionTracking": tracking.isOn ? "ENABLED" : "DISABLED",
        "TokenSession": ["MaxPerUser": .int(Int64(tracking.maximumPerUser))],
      ])
  }

  /// How long after a sign-in in the browser an app client lets its user in without asking again
  /// (GetUserPoolClientSessionConfiguration).
  ///
  /// - Parameter clientID: the app client's.
  /// - Throws: ``CognitoError``.
  public func singleSignOnValidity(ofAppClient clientID: String) async throws(CognitoError) -> Duration {
    let output = try await call("GetUserPoolClientSessionConfiguration", ["ClientId": .string(clientID)])
    guard let minutes = output["SSOSession"]?["MaxValidityMinutes"]?.int, (0...129_600).contains(minutes) else {
      throw CognitoError(.malformedResponse, "The service described an app client's sessions without their length.")
    }
    return .seconds(minutes * 60)
  }

  /// Sets how long after a sign-in in the browser an app client lets its user in without asking again
  /// (SetUserPoolClientSessionConfiguration). The pool must track sessions.
  ///
  /// - Parameters:
  ///   - validity: whole minutes, 90 days at most; zero to ask each time.
  ///   - clientID: the app client's.
  /// - Throws: ``CognitoError``.
  public func setSingleSignOnValidity(_ validity: Duration, ofAppClient clientID: String) async throws(CognitoError) {
    let seconds = validity.components.seconds
    guard validity == .seconds(seconds), seconds.isMultiple(of: 60), (0...129_600).contains(seconds / 60), seconds >= 0
    else { throw CognitoError(.invalidInput, "Single sign-on lasts whole minutes, from none to 90 days.") }
    try await call(
      "SetUserPoolClientSessionConfiguration",
      ["ClientId": .string(clientID), "SSOSession": ["MaxValidityMinutes": .int(seconds / 60)]])
  }
}

extension UserPoolClient {
  /// Asks the pool for its own name for a user, without any proof (the first half of an SRP sign-in; InitiateAuth).
  ///
  /// Nothing may rest on the answer but advice: for a name that nobody has, a pool that hides which names exist makes
  /// one up.
  ///
  /// - Parameter username: a user name or an alias, as somebody would type it.
  /// - Throws: ``CognitoError``, such as ``CognitoError/Code/userNotFound``.
  package func nameInPool(_ username: String) async throws(CognitoError) -> String {
    let signIn = SignIn(client: self, username: username, metadata: [:]) { SRPClient() }
    let answer = try await signIn.initiate(.srp(password: Secret(utf8: "")))
    guard let name = answer["ChallengeParameters"]?["USER_ID_FOR_SRP"]?.string else {
      throw CognitoError(.malformedResponse, "The service didn't say whose password it wants.")
    }
    return name
  }
}

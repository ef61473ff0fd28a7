import FoundationEssentials

extension UserPoolClient {
  /// Verifies tokens that have just come from the service.
  ///
  /// - Parameters:
  ///   - refreshToken: to keep when the service sends no new one.
  ///   - deviceKey: the device that the session is bound to.
  func tokenSet(
    _ result: AuthenticationResult, keeping refreshToken: Secret? = nil, deviceKey: String? = nil
  ) async throws(CognitoError) -> TokenSet {
    let access: VerifiedToken
    let id: VerifiedToken
    do {
      access = try await verifier.verify(result.accessToken, use: .access)
      id = try await verifier.verify(result.idToken, use: .id, accessToken: result.accessToken)
    } catch  where error.code == .tokenExpired || error.code == .tokenNotYetValid {
      throw CognitoError(
        error.code, "The tokens were issued a moment ago, yet by this machine's clock they are not valid: set it first."
      )
    }
    guard access.subject == id.subject, access.username == nil || id.username == nil || access.username == id.username
    else { throw CognitoError(.tokenClaimMismatch, "The id and the access token are of two users.") }
    // Nothing else will do in its place: neither what was typed nor the `sub` is a name that the pool goes by.
    guard let username = access.username ?? id.username, !username.isEmpty else {
      throw CognitoError(.tokenClaimMismatch, "Neither token says the user's name in the pool.")
    }
    return TokenSet(
      idToken: result.idToken, accessToken: result.accessToken, refreshToken: result.refreshToken ?? refreshToken,
      accessExpiresAt: access.expiresAt, idExpiresAt: id.expiresAt, subject: access.subject, username: username,
      deviceKey: access.deviceKey ?? deviceKey)
  }
}

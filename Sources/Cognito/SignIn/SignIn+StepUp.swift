extension SignIn {
  /// Looks into the verified tokens whether they are what was asked for. If not, they are of no use to the caller, and
  /// the session that came with them must not stay, nor push out another one.
  func check(_ tokens: TokenSet, against stepUp: StepUp) async throws(CognitoError) {
    let claims = try JWT(tokens.accessToken).claims
    do {
      try stepUp.check(claims, now: client.service.settings.now())
    } catch {
      // Unless it is the very session that was to be stepped up.
      let before = try stepUp.accessToken.map { text throws(CognitoError) in try JWT(text).claims["origin_jti"] } ?? nil
      if before == nil || before != claims["origin_jti"], let refreshToken = tokens.refreshToken {
        try? await client.revoke(refreshToken: refreshToken)
      }
      throw error
    }
  }
}

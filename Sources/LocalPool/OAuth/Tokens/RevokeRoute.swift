/// `POST /oauth2/revoke` (RFC 7009): ends the session of a refresh token.
enum RevokeRoute: HTTPRoute {
  static func respond(to request: PoolRequest, _ context: PoolContext) throws -> PoolResponse? {
    guard request.path == "/oauth2/revoke" else { return nil }
    do {
      guard request.method == "POST", let fields = FormFields(bodyOf: request) else {
        throw OAuthError.invalidRequest("Post a form (application/x-www-form-urlencoded).")
      }
      let (client, _) = try ClientCredentials.check(request, fields, context)
      guard let token = fields["token"] else { throw OAuthError.invalidRequest("token is missing.") }
      // An access token, or an id token: three parts where ours have five.
      guard token.split(separator: ".", omittingEmptySubsequences: false).count != 3 else {
        throw OAuthError(code: "unsupported_token_type", description: "Only refresh tokens can be revoked.")
      }
      try context.store.write { transaction in
        // A token that nobody knows is revoked already (RFC 7009 section 2.2).
        guard let record = try transaction.refreshTokens.find(hash: RefreshTokens.hash(token)),
          record.clientID == client.id
        else { return }
        try Revocation.revoke(originJti: record.originJti, at: context.clock.now, transaction)
      }
      return PoolResponse(status: 200)
    } catch let error as OAuthError {
      return TokenRoute.failure(error)
    }
  }
}

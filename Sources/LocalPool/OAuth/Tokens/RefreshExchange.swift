import Cognito

/// Fresh tokens for a refresh token, by the rules that the API's own operations follow.
enum RefreshExchange {
  static func tokens(
    _ fields: FormFields, _ client: ClientRecord, _ pool: PoolRecord, by visitor: Visitor, _ context: PoolContext
  ) throws -> [String: JSONValue] {
    guard let token = fields["refresh_token"] else { throw OAuthError.invalidRequest("refresh_token is missing.") }
    let renewal = try Renewal(token: token, deviceKey: nil, pool: pool, client: client, by: visitor, context)
    // What signed in by the API has no OAuth scopes, but it had an id token.
    let kept = renewal.record.scope.split(separator: " ").map(String.init)
    let scopes = kept == [AccessTokenClaims.selfServiceScope] ? kept + ["openid"] : kept
    let eventID = context.random.uuid()
    guard client.settings.rotatesRefreshTokens else {
      return HostedAnswer.members(
        try renewal.issue(eventID: eventID, metadata: [:], context), scopes: scopes, refreshToken: nil)
    }
    let (pair, next) = try renewal.rotate(eventID: eventID, metadata: [:], context)
    return HostedAnswer.members(pair, scopes: scopes, refreshToken: next)
  }
}

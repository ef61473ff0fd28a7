import Cognito

/// Tokens of a sign-in on the pages.
enum HostedTokens {
  static func issue(
    _ code: AuthorizationCode, user: UserRecord, client: ClientRecord, pool: PoolRecord, _ context: PoolContext
  ) throws -> TokenPair {
    try TokenIssuer.issue(try grant(code, user: user, client: client, pool: pool, context), context)
  }

  static func grant(
    _ code: AuthorizationCode, user: UserRecord, client: ClientRecord, pool: PoolRecord, _ context: PoolContext
  ) throws -> TokenGrant {
    var grant = TokenGrant(
      user: user, pool: pool, client: client, groups: try context.store.read { try $0.groups.groups(of: user.id) },
      originJti: code.originJti, authTime: code.authTime, eventID: context.random.uuid())
    grant.scopes = code.request.scopes
    grant.strength = AuthenticationStrength(acr: code.acr, amr: code.amr ?? [])
    grant.nonce = code.request.nonce
    grant.isHosted = true
    grant.triggerSource = "TokenGeneration_HostedAuth"
    return grant
  }
}

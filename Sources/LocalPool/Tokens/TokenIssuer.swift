import Cognito

/// Writes id and access tokens with the claims that Cognito gives them.
package enum TokenIssuer {
  /// Signs a pair of tokens; asks the pool's PreTokenGeneration trigger before.
  package static func issue(_ grant: TokenGrant, _ context: PoolContext) throws -> TokenPair {
    let override = try ClaimsOverride.ask(grant, context)
    let groups = override.groups ?? grant.groups.map(\.name)
    let now = context.clock.epoch
    let keys = try context.keys.keys(poolID: grant.pool.id)
    var scopes = override.scopes(grant.scopes)
    // A derived token says less than the one that it comes from, whatever a trigger adds.
    if grant.derivation != nil { scopes = scopes.filter(grant.scopes.contains) }
    let latest = grant.derivation?.expiresAt ?? .max
    let accessExpires = min(latest, now + Int64(grant.client.settings.accessTokenSeconds))

    var access = commonClaims(grant, groups: groups, now: now, context)
    access["token_use"] = "access"
    access["client_id"] = .string(grant.client.id)
    access["username"] = .string(grant.user.username)
    access["scope"] = .string(scopes.joined(separator: " "))
    access["exp"] = .int(accessExpires)
    access["jti"] = .string(context.random.uuid())
    if let deviceKey = grant.deviceKey { access["device_key"] = .string(deviceKey) }
    if grant.isHosted { access["version"] = 2 }
    access = override.apply(to: access, .access)
    grant.derivation?.mark(&access)
    let accessToken = try keys.access.sign(access)

    var id = commonClaims(grant, groups: groups, now: now, context)
    for (name, value) in AttributeClaims.claims(of: grant.user, client: grant.client, in: grant.pool)
    where !grant.isHosted || UserInfoScopes.allow(name, grant.scopes) {
      id[name] = value
    }
    id["token_use"] = "id"
    id["aud"] = .string(grant.client.id)
    id["cognito:username"] = .string(grant.user.username)
    id["exp"] = .int(min(latest, now + Int64(grant.client.settings.idTokenSeconds)))
    // Revocation brought this claim to id tokens; access tokens have had it before.
    if grant.client.settings.revokesTokens { id["jti"] = .string(context.random.uuid()) }
    addRoles(to: &id, grant, override)
    if let nonce = grant.nonce { id["nonce"] = .string(nonce) }
    if grant.isHosted { id["at_hash"] = .string(accessTokenHash(accessToken)) }
    id = override.apply(to: id, .id)
    grant.derivation?.mark(&id)

    return TokenPair(
      idToken: try keys.id.sign(id), accessToken: accessToken, scopes: scopes, expiresIn: Int(accessExpires - now))
  }

  private static func commonClaims(
    _ grant: TokenGrant, groups: [String], now: Int64, _ context: PoolContext
  ) -> [String: JSONValue] {
    var claims: [String: JSONValue] = [
      "sub": .string(grant.user.sub), "iss": .string(context.issuer(of: grant.pool)),
      "event_id": .string(grant.eventID), "auth_time": .int(grant.authTime), "iat": .int(now),
    ]
    if grant.namesSignIn { claims["origin_jti"] = .string(grant.originJti) }
    if let acr = grant.strength.acr { claims["acr"] = .string(acr) }
    if !grant.strength.amr.isEmpty { claims["amr"] = .texts(grant.strength.amr) }
    if !groups.isEmpty { claims["cognito:groups"] = .array(groups.map { .string($0) }) }
    return claims
  }

  /// The groups' IAM roles, and the one of the most important group, unless two groups are equally important.
  private static func addRoles(to claims: inout [String: JSONValue], _ grant: TokenGrant, _ override: ClaimsOverride) {
    let withRole = grant.groups.filter { $0.roleArn != nil }
    let roles = override.roles ?? withRole.compactMap(\.roleArn)
    if !roles.isEmpty { claims["cognito:roles"] = .array(roles.map { .string($0) }) }
    if let preferred = override.preferredRole {
      claims["cognito:preferred_role"] = .string(preferred)
    } else if override.roles == nil, let first = withRole.first, let role = first.roleArn {
      let rivals = withRole.filter { $0.precedence == first.precedence && $0.roleArn != role }
      if rivals.isEmpty { claims["cognito:preferred_role"] = .string(role) }
    }
  }

  /// OpenID Connect Core section 3.1.3.6: the left half of the access token's SHA-256.
  private static func accessTokenHash(_ accessToken: String) -> String {
    Base64.encodeURL(Array(Digest.sha256(Array(accessToken.utf8)).prefix(16)))
  }
}

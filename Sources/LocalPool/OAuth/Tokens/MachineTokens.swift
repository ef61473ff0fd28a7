import Cognito

/// client_credentials: an access token for a program, with scopes of the pool's resource servers and no user.
enum MachineTokens {
  static func tokens(
    _ fields: FormFields, _ client: ClientRecord, _ pool: PoolRecord, _ context: PoolContext
  ) throws -> [String: JSONValue] {
    let settings = client.settings
    guard settings.allowedOAuthFlowsUserPoolClient ?? false,
      settings.allowedOAuthFlows?.contains("client_credentials") ?? false, !client.isPublic
    else { throw OAuthError.unauthorizedClient("The app client may not use client_credentials.") }
    let allowed = settings.allowedOAuthScopes ?? []
    let asked = (fields["scope"] ?? "").split(separator: " ").map(String.init)
    let scopes = asked.isEmpty ? allowed : asked
    // The standard scopes are about a user, and here is none.
    guard !scopes.isEmpty, scopes.allSatisfy({ allowed.contains($0) && $0.contains("/") }) else {
      throw OAuthError.invalidScope("Only the client's scopes of resource servers can be asked for.")
    }
    let now = context.clock.epoch
    let claims: [String: JSONValue] = [
      "sub": .string(client.id), "client_id": .string(client.id), "token_use": "access",
      "iss": .string(context.issuer(poolId: pool.id)), "scope": .string(scopes.joined(separator: " ")),
      "auth_time": .int(now), "iat": .int(now), "exp": .int(now + Int64(settings.accessTokenSeconds)),
      "jti": .string(context.random.uuid()), "version": 2,
    ]
    return [
      "access_token": .string(try context.keys.keys(poolId: pool.id).access.sign(claims)), "token_type": "Bearer",
      "expires_in": .int(Int64(settings.accessTokenSeconds)),
    ]
  }
}

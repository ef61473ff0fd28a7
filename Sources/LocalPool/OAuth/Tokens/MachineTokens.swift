import Cognito

/// client_credentials and GetClientToken: an access token for a program, with scopes of the pool's resource servers and no user.
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
    guard mayHave(scopes, of: client) else {
      throw OAuthError.invalidScope("Only the client's scopes of resource servers can be asked for.")
    }
    return [
      "access_token": .string(try token(scopes: scopes, client, pool, context)), "token_type": "Bearer",
      "expires_in": .int(Int64(settings.accessTokenSeconds)),
    ]
  }

  /// Whether a program may have these scopes. The standard scopes are about a user, and here is none.
  static func mayHave(_ scopes: [String], of client: ClientRecord) -> Bool {
    let allowed = client.settings.allowedOAuthScopes ?? []
    return !scopes.isEmpty && scopes.allSatisfy { allowed.contains($0) && $0.contains("/") }
  }

  static func token(
    scopes: [String], _ client: ClientRecord, _ pool: PoolRecord, _ context: PoolContext
  ) throws -> String {
    let now = context.clock.epoch
    let claims: [String: JSONValue] = [
      "sub": .string(client.id), "client_id": .string(client.id), "token_use": "access",
      "iss": .string(context.issuer(of: pool)), "scope": .string(scopes.joined(separator: " ")),
      "auth_time": .int(now), "iat": .int(now), "exp": .int(now + Int64(client.settings.accessTokenSeconds)),
      "jti": .string(context.random.uuid()), "version": 2,
    ]
    return try context.keys.keys(poolID: pool.id).access.sign(claims)
  }
}

import Cognito

/// An access token for a program, for its app client's secret: the token endpoint's client_credentials as an operation.
enum GetClientToken: PoolOperation {
  static let name = "GetClientToken"
  static let access = OperationAccess.none

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let (client, pool) = try request.context.client(try request.input.string("ClientId"))
    guard !client.isPublic else {
      throw PoolException.notAuthorized("Client \(client.id) has no secret.")
    }
    try ClientCheck.clientSecret(try request.input.string("Secret"), client: client)
    guard client.settings.allows(flow: "ALLOW_CLIENT_TOKEN_AUTH") else {
      throw PoolException.notAuthorized("ALLOW_CLIENT_TOKEN_AUTH flow not enabled for this client")
    }
    let allowed = client.settings.allowedOAuthScopes ?? []
    let asked = try request.input.optionalStrings("Scopes") ?? []
    let scopes = asked.isEmpty ? allowed : asked
    guard MachineTokens.mayHave(scopes, of: client) else {
      throw PoolException.invalidParameter("Only the client's scopes of resource servers can be asked for.")
    }
    return [
      "ClientAuthenticationResult": [
        "AccessToken": .string(try MachineTokens.token(scopes: scopes, client, pool, request.context)),
        "ExpiresIn": .int(Int64(client.settings.accessTokenSeconds)), "TokenType": "Bearer",
      ]
    ]
  }
}

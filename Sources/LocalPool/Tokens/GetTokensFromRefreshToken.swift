import Cognito

/// Renews with or without rotation; takes the client secret in clear, and no username.
enum GetTokensFromRefreshToken: PoolOperation {
  static let name = "GetTokensFromRefreshToken"
  static let access = OperationAccess.none

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let input = request.input
    let token = try input.string("RefreshToken")
    let (client, pool) = try request.context.client(try input.string("ClientId"))
    try ClientCheck.clientSecret(try input.optionalString("ClientSecret"), client: client)
    let metadata = try input.stringMap("ClientMetadata")
    guard client.settings.rotatesRefreshTokens || client.settings.allows(flow: AuthFlow.refreshToken.permission) else {
      throw PoolException.invalidParameter("Auth flow not enabled for this client")
    }
    let renewal = try Renewal(
      token: token, deviceKey: try input.optionalString("DeviceKey"), pool: pool, client: client,
      by: Visitor(request), request.context)
    guard client.settings.rotatesRefreshTokens else {
      let pair = try renewal.issue(eventID: request.requestID, metadata: metadata, request.context)
      return .object(["AuthenticationResult": .object(TokenAnswer.members(of: pair))])
    }
    let (pair, next) = try renewal.rotate(eventID: request.requestID, metadata: metadata, request.context)
    var result = TokenAnswer.members(of: pair)
    result["RefreshToken"] = .string(next)
    return .object(["AuthenticationResult": .object(result)])
  }
}

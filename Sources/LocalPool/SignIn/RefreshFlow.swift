import Cognito

/// REFRESH_TOKEN_AUTH of InitiateAuth: new id and access tokens, never a new refresh token.
enum RefreshFlow {
  static func answer(
    _ request: OperationRequest, _ parameters: [String: String], _ pool: PoolRecord, _ client: ClientRecord
  ) throws -> JSONValue {
    guard let token = parameters["REFRESH_TOKEN"], !token.isEmpty else {
      throw PoolException.invalidParameter("Missing required parameter REFRESH_TOKEN")
    }
    guard !client.settings.rotatesRefreshTokens else {
      throw PoolException.unsupportedOperation(
        "Refresh token rotation is enabled for this client: use GetTokensFromRefreshToken.")
    }
    let deviceKey = parameters["DEVICE_KEY"]
    let renewal = try Renewal(
      token: token, deviceKey: deviceKey, pool: pool, client: client, by: Visitor(request), request.context)
    try ClientCheck.secretHash(parameters["SECRET_HASH"], username: renewal.user.username, client: client)
    let pair = try renewal.issue(eventID: request.requestID, metadata: [:], request.context)
    return .object([
      "AuthenticationResult": .object(TokenAnswer.members(of: pair)), "ChallengeParameters": .object([:]),
    ])
  }
}

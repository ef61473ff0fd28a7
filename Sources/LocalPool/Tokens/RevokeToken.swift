import Cognito

/// Ends the sign-in that a refresh token came from.
enum RevokeToken: PoolOperation {
  static let name = "RevokeToken"
  static let access = OperationAccess.none

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let input = request.input
    let token = try input.string("Token")
    let (client, _) = try request.context.client(try input.string("ClientId"))
    let linked = try request.revokesLinkedSessions()
    try revoke(
      token, secret: try input.optionalString("ClientSecret"), client: client, linked: linked, request.context)
    return .object([:])
  }

  /// A token that isn't known any more counts as revoked.
  private static func revoke(
    _ token: String, secret: String?, client: ClientRecord, linked: Bool, _ context: PoolContext
  ) throws {
    guard client.secrets.isEmpty || secret != nil else {
      throw PoolException(
        "UnauthorizedException", "Client \(client.id) is configured with secret but it was not received")
    }
    try ClientCheck.clientSecret(secret, client: client)
    guard client.settings.revokesTokens else {
      throw PoolException.unsupportedOperation("Token revocation is not enabled for this client.")
    }
    // Id and access tokens have three parts, refresh tokens five.
    guard token.split(separator: ".", omittingEmptySubsequences: false).count != 3 else {
      throw PoolException(
        "UnsupportedTokenTypeException", "Token type is not supported: only refresh tokens can be revoked.")
    }
    let record = try context.store.read { try $0.refreshTokens.find(hash: RefreshTokens.hash(token)) }
    guard let record else {
      guard RefreshTokens.originJti(of: token, context) != nil else {
        throw PoolException.invalidParameter("Invalid refresh token")
      }
      return
    }
    guard record.clientID == client.id else { throw PoolException("UnauthorizedException", "Invalid token") }
    try context.store.write { transaction in
      if linked { try transaction.userSessions.deleteParent(ofOrigin: record.originJti) }
      try Revocation.revoke(originJti: record.originJti, at: context.clock.now, transaction)
    }
  }
}

import Cognito

/// A token for one service in exchange for one that its holder has (RFC 8693).
enum GetDerivedToken: PoolOperation {
  static let name = "GetDerivedToken"
  static let access = OperationAccess.iamOrClient

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let input = request.input
    let (client, pool) = try request.context.client(try input.string("ClientId"))
    let secret = try input.optionalString("ClientSecret")
    // AWS credentials stand for the secret; a secret that is shown must be right all the same.
    if secret != nil || !request.isSigned { try ClientCheck.clientSecret(secret, client: client) }
    guard let subject = try shown("Subject", input) else { throw OperationInput.missing("SubjectToken") }
    var exchange = TokenExchange(subject: subject)
    exchange.actor = try shown("Actor", input)
    exchange.scopes = try input.optionalStrings("Scopes") ?? []
    exchange.audience = try input.optionalStrings("Audiences")?.first
    exchange.resource = try input.optionalStrings("Resources")?.first
    exchange.wantsIDToken = try input.optionalString("RequestedTokenType") == "ID_TOKEN"
    let derived = try exchange.derive(for: client, in: pool, eventID: request.requestID, request.context)
    return [
      "IssuedToken": .string(derived.token), "IssuedTokenType": derived.isIDToken ? "ID_TOKEN" : "ACCESS_TOKEN",
      "TokenType": derived.isIDToken ? "N_A" : "Bearer", "ExpiresIn": .int(derived.expiresIn),
      "Scopes": .texts(derived.scopes),
    ]
  }

  /// The token of this party; nil if there is none. Its type can't stand alone, nor it without its type.
  private static func shown(_ party: String, _ input: OperationInput) throws -> ExchangedToken? {
    let type = try input.optionalString("\(party)TokenType")
    let provider = try input.optionalString("\(party)TokenProviderName")
    guard let token = try input.optionalString("\(party)Token") else {
      guard type == nil, provider == nil else {
        throw PoolException.invalidParameter("\(party)TokenType and \(party)TokenProviderName need \(party)Token.")
      }
      return nil
    }
    guard let type else { throw PoolException.invalidParameter("\(party)Token needs \(party)TokenType.") }
    return ExchangedToken(token: token, type: type, provider: provider)
  }
}

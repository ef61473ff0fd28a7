import Cognito

/// The token endpoint's token exchange (RFC 8693 section 2).
enum ExchangeGrant {
  static let grantType = "urn:ietf:params:oauth:grant-type:token-exchange"
  private static let types = [
    "ACCESS_TOKEN": "urn:ietf:params:oauth:token-type:access_token",
    "ID_TOKEN": "urn:ietf:params:oauth:token-type:id_token", "SAML2": "urn:ietf:params:oauth:token-type:saml2",
  ]

  static func tokens(
    _ fields: FormFields, _ client: ClientRecord, _ pool: PoolRecord, _ context: PoolContext
  ) throws -> [String: JSONValue] {
    guard let subject = try shown("subject", fields) else {
      throw OAuthError.invalidRequest("subject_token is missing.")
    }
    var exchange = TokenExchange(subject: subject)
    exchange.actor = try shown("actor", fields)
    exchange.scopes = (fields["scope"] ?? "").split(separator: " ").map(String.init)
    (exchange.audience, exchange.resource) = (fields["audience"], fields["resource"])
    if let type = try fields["requested_token_type"].map(type) {
      guard type != "SAML2" else { throw OAuthError.invalidRequest("requested_token_type can't be issued.") }
      exchange.wantsIDToken = type == "ID_TOKEN"
    }
    let derived = try exchange.derive(for: client, in: pool, eventID: context.random.uuid(), context)
    return [
      "access_token": .string(derived.token),
      "issued_token_type": .string(types[derived.isIDToken ? "ID_TOKEN" : "ACCESS_TOKEN"] ?? ""),
      "token_type": derived.isIDToken ? "N_A" : "Bearer", "expires_in": .int(derived.expiresIn),
      "scope": .string(derived.scopes.joined(separator: " ")),
    ]
  }

  private static func shown(_ party: String, _ fields: FormFields) throws -> ExchangedToken? {
    let named = fields["\(party)_token_type"]
    guard let token = fields["\(party)_token"] else {
      guard named == nil else { throw OAuthError.invalidRequest("\(party)_token is missing.") }
      return nil
    }
    guard let named else { throw OAuthError.invalidRequest("\(party)_token_type is missing.") }
    return ExchangedToken(token: token, type: try type(named))
  }

  private static func type(_ name: String) throws -> String {
    guard let type = types.first(where: { $0.value == name })?.key else {
      throw OAuthError.invalidRequest("\(name) isn't a token type that the pool knows.")
    }
    return type
  }
}

extension UserPoolClient {
  /// Gets a token that is good for one service alone, for one that is good for more (GetDerivedToken, RFC 8693).
  ///
  /// An access token of a sign-in may change the account itself (its scope is `aws.cognito.signin.user.admin`): whoever
  /// receives it may change attributes and second factors, and delete the user. Give a service one of these instead.
  ///
  /// This client, which may be another one than the subject signed in with, needs
  /// `ALLOW_TOKEN_EXCHANGE_IMPERSONATION`, or with an actor `ALLOW_TOKEN_EXCHANGE_DELEGATION`. It shows its id and
  /// secret; with ``ServiceClient/Authentication/signed`` AWS credentials can stand for the secret.
  ///
  /// - Parameters:
  ///   - subject: the user's token.
  ///   - actor: a token of the service that acts for the user; the new token names it (``VerifiedToken/actors``).
  ///   - target: the service that the new token is for; `nil` for none in particular.
  ///   - scopes: at most 50; none for those of the subject's token.
  ///   - use: which kind of token to get; `nil` to leave it to the service.
  ///   - auth: whether the call is signed with AWS credentials.
  /// - Returns: the new token, verified: from this pool, for this client and for the target.
  /// - Throws: ``CognitoError``: ``CognitoError/Code/notAuthorized`` for a token that is over or a client that may not,
  ///   ``CognitoError/Code/operationNotEnabled`` for a pool that has no token exchange, and the verifier's errors.
  public func exchange(
    _ subject: ExchangeableToken, actor: ExchangeableToken? = nil, for target: ExchangeTarget? = nil,
    scopes: [String] = [], getting use: TokenUse? = nil, auth: ServiceClient.Authentication = .none
  ) async throws(CognitoError) -> DerivedToken {
    guard scopes.count <= 50 else { throw CognitoError(.invalidInput, "At most 50 scopes can be asked for.") }
    var body: [String: JSONValue] = ["ClientId": .string(clientID)]
    body["ClientSecret"] = try clientSecret.map { secret throws(CognitoError) in .string(try text(secret)) }
    try put(subject, "Subject", into: &body)
    if let actor { try put(actor, "Actor", into: &body) }
    switch target {
    case .audience(let name): body["Audiences"] = [.string(name)]
    case .resourceServer(let name): body["Resources"] = [.string(name)]
    case nil: break
    }
    if !scopes.isEmpty { body["Scopes"] = .texts(scopes) }
    body["RequestedTokenType"] = use.map { $0 == .id ? "ID_TOKEN" : "ACCESS_TOKEN" }
    let output = try await service.call("GetDerivedToken", .object(body), auth: auth)
    return try await derived(output, target, use)
  }

  private func put(
    _ token: ExchangeableToken, _ party: String, into body: inout [String: JSONValue]
  ) throws(CognitoError) {
    guard !token.text.isEmpty else { throw CognitoError(.invalidInput, "There is no token to exchange.") }
    body["\(party)Token"] = .string(try text(token.text))
    body["\(party)TokenType"] = .string(token.type)
    body["\(party)TokenProviderName"] = token.provider.map(JSONValue.string)
  }

  private func derived(
    _ output: JSONValue, _ target: ExchangeTarget?, _ wanted: TokenUse?
  ) async throws(CognitoError) -> DerivedToken {
    guard let token = output["IssuedToken"]?.string, let type = output["IssuedTokenType"]?.string,
      let use = ["ACCESS_TOKEN": TokenUse.access, "ID_TOKEN": .id][type], use == wanted ?? use
    else { throw CognitoError(.malformedResponse, "The service's answer has no token of the kind that was asked for.") }
    let verified = try await verifier.verify(token, use: use, requiring: TokenRequirements(audience: target?.name))
    let scopes = output["Scopes"]?.array?.compactMap(\.string) ?? verified.scopes
    return DerivedToken(token: token, verified: verified, scopes: scopes)
  }
}

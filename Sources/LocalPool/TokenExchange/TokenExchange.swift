import Cognito

/// RFC 8693: a token for one service in exchange for one that its holder has. GetDerivedToken and the token endpoint share it.
struct TokenExchange {
  let subject: ExchangedToken
  var actor: ExchangedToken?
  var scopes: [String] = []
  /// The logical name of the service that the new token is for.
  var audience: String?
  /// The same as the identifier of one of the pool's resource servers.
  var resource: String?
  var wantsIDToken = false

  struct Derived {
    let token: String
    let isIDToken: Bool
    let expiresIn: Int64
    let scopes: [String]
  }

  func derive(
    for client: ClientRecord, in pool: PoolRecord, eventID: String, _ context: PoolContext
  ) throws -> Derived {
    guard pool.settings.hasEssentials else {
      throw PoolException("OperationNotEnabledException", "Token exchange requires the Essentials or Plus tier.")
    }
    let flow = "ALLOW_TOKEN_EXCHANGE_\(actor == nil ? "IMPERSONATION" : "DELEGATION")"
    guard client.settings.allows(flow: flow) else {
      throw PoolException.notAuthorized("\(flow) flow not enabled for this client")
    }
    let audience = try audience(in: pool, context)
    let subject = try subject.check("Subject Token", in: pool, context)
    guard let user = subject.user else { throw PoolException.notAuthorized("Subject Token isn't a user's") }
    let actor = try actor?.check("Actor Token", in: pool, context)

    var grant = TokenGrant(
      user: user, pool: pool, client: client, groups: try context.store.read { try $0.groups.groups(of: user.id) },
      originJti: subject.originJti ?? "", authTime: subject.authTime, eventID: eventID)
    grant.namesSignIn = subject.originJti != nil
    grant.strength = subject.strength
    grant.scopes = try granted(subject.scopes, to: client)
    grant.triggerSource = "TokenGeneration_TokenExchange"
    grant.derivation = TokenDerivation(
      audience: audience, actor: Self.chain(actor, before: subject), expiresAt: subject.expiresAt)
    let pair = try TokenIssuer.issue(grant, context)
    let idExpires = min(Int64(client.settings.idTokenSeconds), subject.expiresAt - context.clock.epoch)
    return wantsIDToken
      ? Derived(token: pair.idToken, isIDToken: true, expiresIn: idExpires, scopes: [])
      : Derived(token: pair.accessToken, isIDToken: false, expiresIn: Int64(pair.expiresIn), scopes: pair.scopes)
  }

  private func audience(in pool: PoolRecord, _ context: PoolContext) throws -> String? {
    guard let resource else { return audience }
    guard audience == nil else {
      throw PoolException.invalidParameter("Audiences and Resources can't both be asked for.")
    }
    guard try context.store.read({ try $0.resources.find(.resourceServer, resource, in: pool.id) }) != nil else {
      throw PoolException.resourceNotFound("Resource server \(resource) does not exist.")
    }
    return resource
  }

  /// What was asked for, as far as the subject's token has it and the client may. An id token has no scopes that could narrow.
  private func granted(_ subject: [String]?, to client: ClientRecord) throws -> [String] {
    let allowed = Set(client.settings.allowedOAuthScopes ?? [])
    let wanted = scopes.isEmpty ? subject ?? [] : scopes
    let granted = wanted.filter { allowed.contains($0) && subject?.contains($0) ?? true }
    guard scopes.isEmpty || !granted.isEmpty || wantsIDToken else {
      throw PoolException.invalidParameter("None of the scopes is both the subject token's and the app client's.")
    }
    return granted
  }

  /// `act`: the actor, and behind them who acted before.
  private static func chain(_ actor: ExchangedToken.Claims?, before subject: ExchangedToken.Claims) -> JSONValue? {
    guard let actor else { return subject.all["act"] }
    return .fields([
      "sub": .string(actor.sub), "client_id": actor.all["client_id"] ?? actor.all["aud"],
      "act": subject.all["act"],
    ])
  }
}

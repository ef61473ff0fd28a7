import Cognito

/// `GET {issuer}/.well-known/openid-configuration` (OpenID Connect Discovery 1.0).
enum DiscoveryRoute: HTTPRoute {
  static func respond(to request: PoolRequest, _ context: PoolContext) throws -> PoolResponse? {
    guard
      request.method == "GET" || request.method == "HEAD",
      let (form, poolID) = WellKnown.issuer(in: request.path, document: "openid-configuration")
    else { return nil }
    guard try context.store.read({ try $0.pools.find(poolID) }) != nil else { return WellKnown.noSuchPool }
    let issuer = context.issuer(poolID: poolID, form)
    let address = context.publicAddress
    return .json(
      .object([
        "issuer": .string(issuer),
        "jwks_uri": .string(issuer + "/.well-known/jwks.json"),
        "authorization_endpoint": .string(address + "/oauth2/authorize"),
        "token_endpoint": .string(address + "/oauth2/token"),
        "userinfo_endpoint": .string(address + "/oauth2/userInfo"),
        "revocation_endpoint": .string(address + "/oauth2/revoke"),
        "end_session_endpoint": .string(address + "/logout"),
        "response_types_supported": ["code", "token"],
        "response_modes_supported": ["query"],
        "grant_types_supported": [
          "authorization_code", "refresh_token", "client_credentials",
          "urn:ietf:params:oauth:grant-type:token-exchange",
        ],
        "code_challenge_methods_supported": ["S256"],
        "scopes_supported": ["openid", "email", "phone", "profile"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "none"],
      ]))
  }
}

import Cognito

/// `/oauth2/userInfo` (OpenID Connect Core section 5.3).
enum UserInfoRoute: HTTPRoute {
  static func respond(to request: PoolRequest, _ context: PoolContext) throws -> PoolResponse? {
    guard request.path.lowercased() == "/oauth2/userinfo" else { return nil }
    guard request.method == "GET" || request.method == "POST" else { return Page.refusal(405, "Use GET here.") }
    guard let token = bearer(request) else { return refusal("invalid_request", status: 400) }
    let caller: Caller
    do {
      caller = try AccessTokenReader.caller(token: token, scope: "openid", context: context)
    } catch is PoolException {
      return refusal("invalid_token", status: 401)
    }
    let user = caller.user
    var members: [String: JSONValue] = ["sub": .string(user.sub), "username": .string(user.username)]
    for attribute in user.attributes
    where AttributeRules.readable(attribute.name, by: caller.client, in: caller.pool)
      && UserInfoScopes.allow(attribute.name, caller.token.scopes)
    {
      // Cognito writes every value as a string here, email_verified too.
      members[attribute.name] = .string(attribute.value)
    }
    return .json(.object(members), headers: [("Cache-Control", "no-store")])
  }

  private static func bearer(_ request: PoolRequest) -> String? {
    let parts = (request.header("authorization") ?? "").split(separator: " ", maxSplits: 1)
    return parts.count == 2 && parts[0].lowercased() == "bearer" ? String(parts[1]) : nil
  }

  private static func refusal(_ code: String, status: Int) -> PoolResponse {
    .json(
      status: status, ["error": .string(code)],
      headers: [("WWW-Authenticate", "Bearer error=\"\(code)\""), ("Cache-Control", "no-store")])
  }
}

/// Which attributes the scopes of a hosted sign-in let through, in its id tokens and at userInfo: all, unless they name some of
/// the three that select (AWS: "Scopes, M2M, and resource servers").
enum UserInfoScopes {
  private static let profile: Set<String> = [
    "name", "given_name", "family_name", "middle_name", "nickname", "preferred_username", "profile", "picture",
    "website", "gender", "birthdate", "zoneinfo", "locale", "updated_at", "address",
  ]

  static func allow(_ attribute: String, _ scopes: [String]) -> Bool {
    guard scopes.contains(where: { ["email", "phone", "profile"].contains($0) }) else { return true }
    switch attribute {
    case "email", "email_verified": return scopes.contains("email")
    case "phone_number", "phone_number_verified": return scopes.contains("phone")
    case let name where profile.contains(name): return scopes.contains("profile")
    default: return scopes.contains("profile")
    }
  }
}

import Cognito

/// The token endpoint's answer (RFC 6749 section 5.1). Without the scope `openid` there is no id token.
enum HostedAnswer {
  static func members(_ pair: TokenPair, scopes: [String], refreshToken: String?) -> [String: JSONValue] {
    var members: [String: JSONValue] = [
      "access_token": .string(pair.accessToken), "token_type": "Bearer", "expires_in": .int(Int64(pair.expiresIn)),
    ]
    if scopes.contains("openid") { members["id_token"] = .string(pair.idToken) }
    members["refresh_token"] = refreshToken.map { .string($0) }
    return members
  }
}
